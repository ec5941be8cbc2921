package dev.nla.cli.command.describe;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The flags that name activations: texts and their tokens, rows of a dataset, vectors in a file. */
public final class WhatToDescribe {
    @ArgGroup(multiplicity = "1")
    private Where where;

    @Option(
            names = {"--positions", "--position"},
            paramLabel = "WHICH",
            description =
                    "Which tokens of the rendered text, from 0: last, all, N, A:B (B is one behind the last), every:N, sample:N. "
                            + "Default: last")
    private Optional<String> positions = Optional.empty();

    @Option(
            names = "--skip-first",
            paramLabel = "N",
            description =
                    "Tokens at the start of each text that all, every:N and sample:N leave out. Default: as many as in the adapter's training")
    private Optional<Integer> skipFirst = Optional.empty();

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description =
                    "Cut the ends of texts with more tokens. Default: a text with more than the model reads is refused")
    private Optional<Integer> maxLength = Optional.empty();

    /** One of these. */
    static final class Where {
        @Option(
                names = "--text",
                paramLabel = "T",
                description = "Describe activations of this text; - reads it from standard input.")
        private String text;

        @Option(
                names = "--texts",
                paramLabel = "F",
                description =
                        "Describe activations of many texts: F.jsonl, a text and its id a line; F.txt, a text a line or a paragraph; - for standard input.")
        private Path texts;

        @ArgGroup(exclusive = false)
        private Rows rows;

        @ArgGroup(exclusive = false)
        private Vectors vectors;
    }

    /** Rows of a dataset. */
    static final class Rows {
        @Option(
                names = "--data",
                required = true,
                paramLabel = "DATASET",
                description = "Describe rows of a dataset: one, those of a split, or all.")
        private Path dataset;

        @Option(names = "--id", paramLabel = "ID", description = "The one row's id.")
        private Optional<String> id = Optional.empty();

        @Option(names = "--split", paramLabel = "NAME", description = "Only rows of train, validation or test.")
        private Optional<String> split = Optional.empty();

        @Option(names = "--limit", paramLabel = "N", description = "The first N of these rows alone.")
        private Optional<Integer> limit = Optional.empty();
    }

    /** Vectors of a file. */
    static final class Vectors {
        @ArgGroup(multiplicity = "1")
        private VectorFiles files;

        @Option(
                names = "--tensor",
                paramLabel = "NAME",
                description =
                        "Which tensor of the file. Default: activations, activation, vectors or vector, or the only one of the model's width")
        private Optional<String> tensor = Optional.empty();

        @Option(names = "--row", paramLabel = "N", description = "With --vector, which one, from 0. Default: 0")
        private Optional<Integer> row = Optional.empty();
    }

    /** One vector or all. */
    static final class VectorFiles {
        @Option(
                names = "--vector",
                paramLabel = "F",
                description =
                        "Describe a vector of a file: F.safetensors, F.npy or F.pt, a tensor [N, d], [d] or with more before the d.")
        private Path one;

        @Option(names = "--vectors", paramLabel = "F", description = "Describe all vectors of such a file.")
        private Path all;
    }

    /** The one activation that is asked for; empty where it may be several. */
    Optional<OneActivation> one() {
        if (where.text != null && maxLength.isEmpty() && positions.stream().allMatch(OneActivation::isOne)) {
            return Optional.of(new OneActivation.OfText(TextInput.text(where.text), positions));
        }
        if (where.rows != null && where.rows.id.isPresent()) {
            if (where.rows.split.isPresent() || where.rows.limit.isPresent()) {
                throw InputException.usage("--id: names one row: leave out --split and --limit");
            }
            refusePositions("--data");
            return Optional.of(new OneActivation.OfRow(where.rows.dataset, where.rows.id.get()));
        }
        if (where.vectors != null && where.vectors.files.one != null) {
            refusePositions("--vector");
            return Optional.of(new OneActivation.OfFile(
                    where.vectors.files.one, where.vectors.tensor, where.vectors.row.orElse(0)));
        }
        return Optional.empty();
    }

    /** The several activations that are asked for. */
    ManyActivations many() {
        if (where.vectors != null) {
            refusePositions("--vectors");
            if (where.vectors.row.isPresent() || where.vectors.files.all == null) {
                throw InputException.usage(
                        "--vector: is one activation: give --vectors to describe all of a file into --output");
            }
            return new ManyActivations.OfVectors(where.vectors.files.all, where.vectors.tensor);
        }
        if (where.rows != null) {
            refusePositions("--data");
            return new ManyActivations.OfRows(where.rows.dataset, where.rows.split, where.rows.limit, where.rows.id);
        }
        return new ManyActivations.OfTexts(
                where.text != null ? TextInput.one(where.text) : TextInput.of(where.texts),
                positions.orElse("last"),
                skipFirst,
                maxLength);
    }

    private void refusePositions(String given) {
        if (positions.isPresent() || skipFirst.isPresent() || maxLength.isPresent()) {
            throw InputException.usage(
                    "%s: says itself which tokens its activations are of: leave out --positions, --skip-first and --max-length",
                    given);
        }
    }
}
