package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what users see when a model, an adapter or a dataset is broken or belongs to something else: one clear line, the right exit code. */
class BadFilesTest {
    @TempDir
    static Path shared;

    private static TinyRuns runs;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeOneOfEverything() throws IOException {
        runs = TinyRuns.in(shared);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
    }

    @Test
    void aModelThatIsMissingOrTruncated() throws IOException {
        Path none = folder.resolve("none");
        refused(describe(none, "--text", "x"), FAILED, "--model", none.toString());
        Path cut = new Spoiled(folder).copy(runs.at("model"));
        byte[] weights = Files.readAllBytes(cut.resolve("model.safetensors"));
        Files.write(cut.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));
        refused(describe(cut, "--text", "x"), FAILED, "model.safetensors");
        Files.delete(cut.resolve("tokenizer.json"));
        refused(describe(cut, "--text", "x"), FAILED, "tokenizer.json");
    }

    @Test
    void aSidecarThatContradictsTokenizerOrModel() throws IOException {
        Path id = new Spoiled(folder)
                .edited(
                        runs.at("av/adapter"),
                        "nla_meta.yaml",
                        text -> text.replaceAll("injection_token_id: \\d+", "injection_token_id: 7"));
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", id), FAILED, "injection_token_id", "7");
        Path left = new Spoiled(folder)
                .edited(
                        runs.at("av/adapter"),
                        "nla_meta.yaml",
                        text -> text.replaceAll("injection_left_neighbor_id: \\d+", "injection_left_neighbor_id: 7"));
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", left), FAILED, "left_neighbor_id");
        Path width = new Spoiled(folder)
                .edited(runs.at("av/adapter"), "nla_meta.yaml", text -> text.replaceAll("d_model: 48", "d_model: 64"));
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", width), FAILED, "d_model");
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", runs.at("ar/adapter")), FAILED, "role");
    }

    @Test
    void anAdapterThatIsIncomplete() throws IOException {
        for (String name : List.of(
                "adapter_config.json", "adapter_model.safetensors", "nla_meta.yaml", "injection_mean.safetensors")) {
            Path part = new Spoiled(folder).copy(runs.at("av/adapter"));
            Files.delete(part.resolve(name));
            refused(describe(runs.at("model"), "--text", "x", "--verbalizer", part), FAILED, name);
        }
        Path dora = new Spoiled(folder)
                .edited(
                        runs.at("av/adapter"),
                        "adapter_config.json",
                        text -> text.replace("\"use_dora\": false", "\"use_dora\": true"));
        refused(Outcome.of("adapter", "inspect", dora), FAILED, "dora");
    }

    @Test
    void activationsOfAnotherLayerOrWithHoles() throws IOException {
        Path other = folder.resolve("other");
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
                other));
        refused(gap(other), FAILED, "layer 2", "layer 1");
        refused(describe(runs.at("model"), "--data", other, "--id", "t1"), FAILED, "layer 2", "layer 1");
        refused(describe(runs.at("model"), "--text", "x", "--layer", "1"), FAILED, "layer 2");
        Path holed = new Spoiled(folder).copy(runs.at("data"));
        byte[] bytes = Files.readAllBytes(holed.resolve("activations.safetensors"));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(holed.resolve("activations.safetensors"), bytes);
        refused(Outcome.of("data", "inspect", holed), FAILED, "activations.safetensors", "NaN");
        Path cut = new Spoiled(folder).copy(runs.at("data"));
        Files.write(cut.resolve("activations.safetensors"), Arrays.copyOf(bytes, bytes.length - 4));
        refused(Outcome.of("data", "inspect", cut), FAILED, "activations.safetensors");
        Path short_ = new Spoiled(folder)
                .edited(runs.at("data"), "rows.jsonl", text -> text.substring(text.indexOf('\n') + 1));
        refused(Outcome.of("data", "inspect", short_), FAILED, "rows");
    }

    @Test
    void fewerRowsThanNeighbours() {
        refused(Outcome.of("data", "neighbors", runs.at("data"), "--k", 60), FAILED, "60");
        refused(Outcome.of("data", "neighbors", runs.at("data"), "--k", 0), USAGE, "--k 0");
        refused(gap(runs.at("data"), "--limit", 12), FAILED, "20");
    }

    @Test
    void vectorsAndRowsThatAreNotThere() {
        Path vectors = folder.resolve("vectors.safetensors");
        SafetensorsWriter.write(
                vectors, Map.of(), List.of(TensorToWrite.floats("activations", new long[] {2, 5}, new float[10])));
        refused(describe(runs.at("model"), "--vector", vectors), FAILED, "[2, 5]", "48");
        Path file = runs.at("data/activations.safetensors");
        refused(describe(runs.at("model"), "--vector", file, "--row", 120), USAGE, "--row 120", "119");
        refused(describe(runs.at("model"), "--data", runs.at("data"), "--id", "t999"), FAILED, "t999");
        refused(describe(runs.at("model"), "--text", "x", "--data", runs.at("data"), "--id", "t1"), USAGE, "--text");
    }

    @Test
    void descriptionsThatAreUnfit() throws IOException {
        Path file = Files.writeString(folder.resolve("d.jsonl"), "{\"id\": \"nobody\", \"description\": \"x\"}\n");
        refused(gap(runs.at("data"), "--descriptions", file), FAILED, "nobody");
        Files.writeString(file, "{\"id\": \"t1\"}\n");
        refused(gap(runs.at("data"), "--descriptions", file), FAILED, "d.jsonl", "description");
        String id;
        try (ActivationDataset data = ActivationDataset.open(runs.at("data"))) {
            id = data.row(data.rowsOf(Split.TEST)[0]).id();
        }
        Files.writeString(file, "{\"id\": \"%s\", \"description\": \"%s\"}".formatted(id, "x".repeat(200_000)));
        refused(gap(runs.at("data"), "--descriptions", file), FAILED, "row " + id, "more than the model's 256");
        refused(gap(runs.at("data"), "--split", "exam"), USAGE, "--split exam");
        refused(gap(runs.at("data"), "--samples", 0), USAGE, "--samples 0");
        refused(gap(runs.at("data"), "--temperature", -1), USAGE, "temperature");
    }

    @Test
    void tokensOutsideTheVocabulary() {
        Path golden = folder.resolve("golden.safetensors");
        SafetensorsWriter.write(
                golden,
                Map.of(),
                List.of(
                        TensorToWrite.longs("input_ids", new long[] {1, 2}, new long[] {5, 320}),
                        TensorToWrite.floats("hidden_states", new long[] {5, 1, 2, 48}, new float[480]),
                        TensorToWrite.floats("logits", new long[] {1, 2, 320}, new float[640])));
        refused(
                Outcome.of("model", "check", "--model", Fixtures.golden("llama"), "--golden", golden),
                FAILED,
                "320",
                "vocabulary");
    }

    private static Outcome describe(Path model, Object... more) {
        List<Object> line = new ArrayList<>(List.of("describe", "--model", model, "--max-new-tokens", 4));
        if (!List.of(more).contains("--verbalizer")) {
            line.addAll(List.of("--verbalizer", runs.at("av/adapter")));
        }
        line.addAll(List.of(more));
        return Outcome.of(line.toArray());
    }

    private static Outcome gap(Path data, Object... more) {
        List<Object> line = new ArrayList<>(List.of(
                "eval",
                "gap",
                "--model",
                runs.at("model"),
                "--data",
                data,
                "--reconstructor",
                runs.at("ar/adapter"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--max-new-tokens",
                4));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray());
    }
}
