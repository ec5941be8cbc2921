package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.reply.ModelReplies;
import dev.nla.eval.probe.ProbeEvaluation;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that the shipped model is small and fit for the quickstart: on new scenes it lists the facts, and its activations hold them. */
class ScenesModelTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");

    @TempDir
    private Path folder;

    @Test
    void theFolderHasAtMostTenMegabytes() throws IOException {
        try (Stream<Path> files = Files.list(MODEL)) {
            List<Path> all = files.toList();
            assertThat(all)
                    .extracting(file -> file.getFileName().toString())
                    .contains(
                            "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "README.md");
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThan(10_000_000);
        }
    }

    @Test
    void factsOfNewScenesAreListedAndCanBeReadOffTheActivations() {
        Path texts = folder.resolve("texts.jsonl");
        Path data = folder.resolve("data");
        succeeded(Outcome.of("data", "scenes", "--rows", 6000, "--seed", 100, "--output", texts));
        succeeded(Outcome.of(
                "data",
                "extract",
                "--model",
                MODEL,
                "--texts",
                texts,
                "--layer",
                4,
                "--output",
                data,
                "--compute-dtype",
                "float32"));
        try (ActivationDataset dataset = ActivationDataset.open(data);
                Tokenizer tokenizer = Tokenizer.open(MODEL);
                Decoder decoder = Decoder.load(MODEL, ComputeType.FLOAT32)) {
            ProbeEvaluation evaluation = new ProbeEvaluation(dataset, new DocumentBootstrap(100, 0));
            assertThat(evaluation.linear(Split.TEST).stated().recall()).isGreaterThan(0.9);
            assertThat(evaluation
                            .answers(
                                    Split.TEST,
                                    new ModelReplies(decoder, new TokenizerPrompts(tokenizer, PromptStyle.CHAT), 64))
                            .orElseThrow()
                            .recall()
                            .value())
                    .isGreaterThan(0.95);
        }
    }
}
