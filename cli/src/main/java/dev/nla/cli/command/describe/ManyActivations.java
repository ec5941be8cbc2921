package dev.nla.cli.command.describe;

import dev.nla.bulk.source.DatasetSource;
import dev.nla.bulk.source.Source;
import dev.nla.bulk.source.TextSource;
import dev.nla.bulk.source.VectorSource;
import dev.nla.cli.option.BaseModel;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.ExtractionSettings;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.exchange.vectors.VectorFile;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The ways to name many activations: tokens of texts, rows of a dataset, vectors of a file. */
sealed interface ManyActivations {
    /**
     * Activations that are to be read.
     *
     * @param source reads them
     * @param release lets go of the files they are in
     */
    record Opened(Source source, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /** The block they are of, where it is known before they are read. */
    OptionalInt layer(OptionalInt adapters);

    /** Checks what was asked for, and has it ready to be read. */
    Opened open(By by);

    /**
     * What activations are read by.
     *
     * @param model the base model's flags
     * @param decoder the base model
     * @param tokenizer its tokenizer
     * @param style how texts are put before it
     * @param trained which activations the adapters were trained on
     * @param layer the block, where it is known
     * @param seed of drawn positions
     */
    record By(
            BaseModel model,
            Decoder decoder,
            Tokenizer tokenizer,
            PromptStyle style,
            ActivationOrigin trained,
            OptionalInt layer,
            long seed) {}

    /**
     * At tokens of texts.
     *
     * @param texts what the model reads
     * @param positions which tokens
     * @param skipFirst how many at the start of each are left out
     * @param maxLength most tokens of a text, whose end is cut; where nothing is said a text that is too long for the model is refused
     */
    record OfTexts(TextInput texts, String positions, Optional<Integer> skipFirst, Optional<Integer> maxLength)
            implements ManyActivations {
        @Override
        public OptionalInt layer(OptionalInt adapters) {
            if (adapters.isEmpty()) {
                throw InputException.usage(
                        "--layer is missing: the adapter does not say which layer it is of, and texts need one");
            }
            return adapters;
        }

        @Override
        public Opened open(By by) {
            ExtractionSettings settings = new ExtractionSettings(
                    by.layer().orElseThrow(),
                    Position.parse(positions),
                    skipFirst.orElse(by.style().skipFirst(by.trained())),
                    maxLength.orElse(by.decoder().config().maxPositions()),
                    false,
                    ExtractionSettings.DEFAULT_TOKEN_BUDGET,
                    by.seed(),
                    new DocumentSplit(0, SplitRatios.DEFAULT));
            TextSource source = TextSource.of(
                    texts.name(),
                    texts.rows(),
                    by.tokenizer(),
                    new TokenizerPrompts(by.tokenizer(), by.style()),
                    new DecoderSource(by.decoder(), by.model().folder()),
                    settings);
            if (maxLength.isEmpty()) {
                source.requireWhole(by.decoder().config().maxPositions());
            }
            return new Opened(source, () -> {});
        }
    }

    /**
     * Rows.
     *
     * @param folder of the dataset
     * @param split of them; all where nothing is said
     * @param limit at most so many of these
     * @param id of the only one that is wanted, if it is one
     */
    record OfRows(Path folder, Optional<String> split, Optional<Integer> limit, Optional<String> id)
            implements ManyActivations {
        @Override
        public OptionalInt layer(OptionalInt adapters) {
            try (ActivationDataset data = ActivationDataset.open(folder)) {
                return OptionalInt.of(data.sidecar().layer());
            }
        }

        @Override
        public Opened open(By by) {
            ActivationDataset data = ActivationDataset.open(folder);
            int[] rows = rows(data);
            limit.filter(most -> most < 1).ifPresent(most -> {
                throw InputException.usage("--limit %d: expected at least 1", most);
            });
            if (rows.length == 0) {
                data.close();
                throw InputException.data("--split %s: %s has no rows of it", split.orElse("all"), folder);
            }
            int[] first = Arrays.copyOf(rows, Math.min(limit.orElse(rows.length), rows.length));
            return new Opened(new DatasetSource(data, first), data::close);
        }

        private int[] rows(ActivationDataset data) {
            if (id.isPresent()) {
                return new int[] {OneActivation.OfRow.number(data, id.get())};
            }
            return split.map(Split::parse).map(data::rowsOf).orElseGet(() -> IntStream.range(0, data.size())
                    .toArray());
        }
    }

    /**
     * Vectors.
     *
     * @param path of the file
     * @param tensor which of its tensors, where it is said
     */
    record OfVectors(Path path, Optional<String> tensor) implements ManyActivations {
        @Override
        public OptionalInt layer(OptionalInt adapters) {
            return adapters;
        }

        @Override
        public Opened open(By by) {
            VectorFile file =
                    VectorFile.open(path, tensor, by.decoder().config().hiddenSize());
            return new Opened(new VectorSource(path, file, tensor), file::close);
        }
    }
}
