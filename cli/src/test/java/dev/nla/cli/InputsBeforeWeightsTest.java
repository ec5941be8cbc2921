package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects users' time: what is wrong with a command's inputs is told before the weights are read, which takes long for a large model.
 * Here the model has none, so that a command which reads them first speaks of them.
 */
class InputsBeforeWeightsTest {
    @TempDir
    static Path folder;

    private static TinyRuns runs;
    private static Path model;

    @BeforeAll
    static void makeOneOfEverything() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
        succeeded(Outcome.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                runs.at("texts.jsonl"),
                "--layer",
                1,
                "--output",
                runs.at("other-layer")));
        model = new Spoiled(folder).copy(runs.at("model"));
        Files.delete(model.resolve("model.safetensors"));
    }

    @Test
    void theWeightsAreMissedWhereAllElseIsInOrder() {
        told(describe("--text", "one river"), "model.safetensors");
    }

    @Test
    void describe() {
        told(describe("--data", runs.at("data"), "--id", "t999"), "--id t999");
        told(describe("--data", runs.at("nowhere"), "--id", "t1"), "nowhere");
        told(describe("--data", runs.at("other-layer"), "--id", "t1"), "layer 2", "layer 1");
        told(describe("--vector", runs.at("nowhere.safetensors")), "nowhere.safetensors");
        told(describe("--vector", runs.at("data/activations.safetensors"), "--row", 120), "--row 120");
        told(describe("--text", "one river", "--position", 5000), "--position 5000");
        told(describe("--text", " "), "--text is empty");
        told(describe("--text", "one river", "--temperature", -1), "temperature");
    }

    @Test
    void gap() throws IOException {
        told(evaluated("gap", "--data", runs.at("other-layer")), "layer 2", "layer 1");
        told(evaluated("gap", "--data", runs.at("data"), "--limit", 12), "12 rows", "at least 21");
        told(evaluated("gap", "--data", runs.at("data"), "--descriptions", runs.at("nowhere.jsonl")), "nowhere.jsonl");
        Path file = Files.writeString(folder.resolve("d.jsonl"), "{\"id\": \"nobody\", \"description\": \"x\"}\n");
        told(evaluated("gap", "--data", runs.at("data"), "--descriptions", file), "nobody");
    }

    @Test
    void suite() {
        Path output = runs.at("suite");
        told(evaluated("suite", "--data", runs.at("other-layer"), "--output", output), "layer 2", "layer 1");
        told(evaluated("suite", "--data", runs.at("data"), "--limit", 12, "--output", output), "12 rows");
        told(evaluated("suite", "--data", runs.at("data"), "--wrong-layer", 99, "--output", output), "99");
        told(evaluated("suite", "--data", runs.at("data"), "--output", runs.at("data")), "is not empty");
        assertThat(output).doesNotExist();
    }

    @Test
    void extract() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "{\"id\": \"a\"}\n");
        told(extracted(runs.at("nowhere.jsonl"), runs.at("new"), 1), "nowhere.jsonl");
        told(extracted(broken, runs.at("new"), 1), "broken.jsonl");
        told(
                extracted(runs.at("texts.jsonl"), runs.at("model"), 1),
                runs.at("model").toString());
        told(extracted(runs.at("texts.jsonl"), runs.at("new"), 99), "--layer 99");
    }

    @Test
    void modelCheckAndTraining() {
        told(
                Outcome.of("model", "check", "--model", model, "--golden", runs.at("nowhere.safetensors")),
                "nowhere.safetensors");
        told(
                Outcome.of(
                        "train",
                        "grpo",
                        "model=" + model,
                        "data=" + runs.at("data"),
                        "verbalizer=" + runs.at("av/adapter"),
                        "reconstructor=" + runs.at("nowhere"),
                        "max_steps=1",
                        "output_dir=" + runs.at("grpo")),
                "nowhere");
    }

    /** One line about the input; the missing weights are not reached. */
    private static void told(Outcome outcome, String... parts) {
        assertThat(outcome.code()).as(outcome.err()).isNotZero().isLessThanOrEqualTo(2);
        assertThat(outcome.err()).startsWith("nla: ").contains(parts).hasLineCount(1);
        if (outcome.code() == FAILED && !Arrays.asList(parts).contains("model.safetensors")) {
            assertThat(outcome.err())
                    .doesNotContain(model.resolve("model.safetensors").toString());
        }
    }

    private static Outcome describe(Object... more) {
        return Outcome.of(line(more, "describe", "--model", model, "--verbalizer", runs.at("av/adapter")));
    }

    private static Outcome evaluated(String what, Object... more) {
        boolean given = Arrays.asList(more).contains("--descriptions");
        List<Object> line =
                new ArrayList<>(List.of("eval", what, "--model", model, "--reconstructor", runs.at("ar/adapter")));
        if (!given) {
            line.addAll(List.of("--verbalizer", runs.at("av/adapter")));
        }
        return Outcome.of(line(more, line.toArray()));
    }

    private static Outcome extracted(Path texts, Path output, int layer) {
        return Outcome.of("data", "extract", "--model", model, "--texts", texts, "--layer", layer, "--output", output);
    }

    private static Object[] line(Object[] more, Object... before) {
        return TinyRuns.with(more, before);
    }
}
