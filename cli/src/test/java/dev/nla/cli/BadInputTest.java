package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects what users see when something they gave is wrong: one clear line, the right exit code, and nothing overwritten. */
class BadInputTest {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

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
        Path cut = copy(runs.at("model"));
        byte[] weights = Files.readAllBytes(cut.resolve("model.safetensors"));
        Files.write(cut.resolve("model.safetensors"), java.util.Arrays.copyOf(weights, weights.length / 2));
        refused(describe(cut, "--text", "x"), FAILED, "model.safetensors");
        Files.delete(cut.resolve("tokenizer.json"));
        refused(describe(cut, "--text", "x"), FAILED, "tokenizer.json");
    }

    @Test
    void aFlagThatIsMissing() {
        refused(Outcome.of("describe", "--verbalizer", runs.at("av/adapter"), "--text", "x"), USAGE, "--model");
        refused(Outcome.of("data", "extract", "--texts", "x", "--layer", "1", "--output", "y"), USAGE, "--model");
        refused(Outcome.of("eval", "gap"), USAGE, "--data");
        refused(Outcome.of("eval", "gap", "--data", runs.at("data")), USAGE, "--reconstructor");
        refused(Outcome.of("train", "sft"), USAGE, "--config");
        refused(describe(runs.at("model")), USAGE, "--text");
    }

    @Test
    void textsThatAreUnfit() throws IOException {
        refused(
                extract("{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}"),
                FAILED,
                "texts.jsonl:2",
                "\"a\"");
        refused(extract("{\"id\": \"a\", \"text\": \" \"}"), FAILED, "texts.jsonl:1", "empty");
        refused(extract("{\"id\": \"a\"}"), FAILED, "texts.jsonl:1", "missing");
        refused(extract("not json"), FAILED, "texts.jsonl:1");
        refused(extract(""), FAILED, "no rows");
    }

    @Test
    void textsThatAreTooLong() throws IOException {
        String line = "{\"id\": \"a\", \"text\": \"" + "long ".repeat(40) + "\"}";
        refused(extract(line, "--max-length", 50, "--strict"), FAILED, "1 of 1 texts", "--max-length");
        Outcome cut = succeeded(extract(line, "--max-length", 50));
        assertThat(cut.out()).contains("1 texts were cut to --max-length 50");
    }

    @ParameterizedTest
    @CsvSource({
        "--layer,4,layer",
        "--layer,-1,layer",
        "--position,first,--position first",
        "--position,sample:0,sample:0",
        "--prompt,poem,--prompt poem",
        "--split,80/30,80/30",
        "--max-length,0,--max-length 0",
        "--compute-dtype,int4,int4",
        "--threads,0,--threads 0",
    })
    void extractionFlagsOutOfRange(String flag, String value, String part) {
        Outcome outcome = Outcome.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                runs.at("texts.jsonl"),
                "--output",
                folder.resolve("out"),
                "--layer".equals(flag) ? "--seed" : "--layer",
                1,
                flag,
                value);
        refused(outcome, USAGE, part);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anOutputThatIsTaken() throws IOException {
        Map<Path, String> before = contents(runs.at("data"));
        refused(runs.extract("--output", runs.at("data")), FAILED, "holds a dataset already");
        assertThat(contents(runs.at("data"))).isEqualTo(before);
        Map<Path, String> run = contents(runs.at("av"));
        refused(runs.verbalizer("max_steps=1"), USAGE, "already holds a run");
        refused(runs.reconstructor("output_dir=" + runs.at("av")), USAGE, "already holds a run");
        assertThat(contents(runs.at("av"))).isEqualTo(run);
        refused(
                runs.verbalizer("output_dir=" + folder.resolve("new"), "--resume", folder.resolve("new")),
                USAGE,
                "holds no run");
    }

    @ParameterizedTest
    @CsvSource({
        "marker=ab,one character",
        "injection_norm=0,injection_norm",
        "injection_norm=-3,injection_norm",
        "av_template=none,{injection_char}",
        "av_template={injection_char}{injection_char},{injection_char}",
        "ar_template=none,{explanation}",
        "lora_r=0,lora_r",
        "target_modules=[q_proj;z_proj],z_proj",
        "learning_rate=fast,learning_rate",
        "lerning_rate=1,did you mean learning_rate",
        "max_steps=0,max_steps",
    })
    void settingsOutOfRange(String setting, String part) {
        Outcome outcome = runs.verbalizer("output_dir=" + folder.resolve("run"), setting.replace(';', ','));
        refused(outcome, USAGE, part);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aMarkerThatIsSeveralTokensOrStandsInTheTemplateOrADescription() throws IOException {
        refused(runs.verbalizer("output_dir=" + folder.resolve("a"), "marker=é"), FAILED, "é");
        refused(
                runs.verbalizer("output_dir=" + folder.resolve("b"), "av_template=● <c>{injection_char}</c>"),
                FAILED,
                "●",
                "exactly once");
        Path marked = edited(runs.at("data"), "rows.jsonl", text -> text.replace("\"kind 1\"", "\"kind ●\""));
        refused(runs.verbalizer("output_dir=" + folder.resolve("c"), "data=" + marked), FAILED, "●");
    }

    @Test
    void aSidecarThatContradictsTokenizerOrModel() throws IOException {
        Path id = edited(
                runs.at("av/adapter"),
                "nla_meta.yaml",
                text -> text.replaceAll("injection_token_id: \\d+", "injection_token_id: 7"));
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", id), FAILED, "injection_token_id", "7");
        Path left = edited(
                runs.at("av/adapter"),
                "nla_meta.yaml",
                text -> text.replaceAll("injection_left_neighbor_id: \\d+", "injection_left_neighbor_id: 7"));
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", left), FAILED, "left_neighbor_id");
        Path width =
                edited(runs.at("av/adapter"), "nla_meta.yaml", text -> text.replaceAll("d_model: 48", "d_model: 64"));
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", width), FAILED, "d_model");
        refused(describe(runs.at("model"), "--text", "x", "--verbalizer", runs.at("ar/adapter")), FAILED, "role");
    }

    @Test
    void anAdapterThatIsIncomplete() throws IOException {
        for (String name : List.of(
                "adapter_config.json", "adapter_model.safetensors", "nla_meta.yaml", "injection_mean.safetensors")) {
            Path part = copy(runs.at("av/adapter"));
            Files.delete(part.resolve(name));
            refused(describe(runs.at("model"), "--text", "x", "--verbalizer", part), FAILED, name);
        }
        Path dora = edited(
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
        Path holed = copy(runs.at("data"));
        byte[] bytes = Files.readAllBytes(holed.resolve("activations.safetensors"));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(holed.resolve("activations.safetensors"), bytes);
        refused(Outcome.of("data", "inspect", holed), FAILED, "activations.safetensors", "NaN");
        Path cut = copy(runs.at("data"));
        Files.write(cut.resolve("activations.safetensors"), java.util.Arrays.copyOf(bytes, bytes.length - 4));
        refused(Outcome.of("data", "inspect", cut), FAILED, "activations.safetensors");
        Path short_ = edited(runs.at("data"), "rows.jsonl", text -> text.substring(text.indexOf('\n') + 1));
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

    private static void refused(Outcome outcome, int code, String... parts) {
        assertThat(outcome.err()).startsWith("nla: ").contains(parts).hasLineCount(1);
        assertThat(outcome.err()).doesNotContain("unexpected");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
    }

    private Outcome extract(String lines, Object... more) throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.jsonl"), lines);
        List<Object> line = new ArrayList<>(List.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                texts,
                "--layer",
                1,
                "--output",
                folder.resolve("out")));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray());
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

    private Path edited(Path original, String file, UnaryOperator<String> change) throws IOException {
        Path copy = copy(original);
        String before = Files.readString(copy.resolve(file));
        String after = change.apply(before);
        assertThat(after).as("the edit of %s", file).isNotEqualTo(before);
        Files.writeString(copy.resolve(file), after);
        return copy;
    }

    private Path copy(Path original) throws IOException {
        Path copy = folder.resolve("copy of " + original.getFileName());
        AtomicFiles.deleteTree(copy);
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static Map<Path, String> contents(Path folder) throws IOException {
        Map<Path, String> contents = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    contents.put(file, new java.math.BigInteger(1, Files.readAllBytes(file)).toString(16));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
        return contents;
    }
}
