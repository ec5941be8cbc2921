package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the lines that bench prints: the keys that comparisons read, counts that fit the time, and clear refusals. Speed itself is not tested. */
class BenchCommandTest {
    private static final Path MODEL =
            Path.of(System.getProperty("nla.root", "..")).resolve("models/scenes");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "extract, texts_per_s, 8",
        "sft, samples_per_s, 8",
        "generate, tokens_per_s, 40",
        "grpo, texts_per_s, 8",
    })
    void printsRateTimeAndMemory(String work, String rate, int amount) throws IOException {
        JsonNode line = bench(
                work,
                "--model",
                MODEL,
                "--texts",
                texts(),
                "--layer",
                4,
                "--batch",
                4,
                "--steps",
                2,
                "--new-tokens",
                5,
                "--norm",
                4);
        assertThat(line.get("work").asText()).isEqualTo(work);
        double seconds = line.get("seconds").asDouble();
        assertThat(seconds).isPositive();
        assertThat(line.get(rate).asDouble() * seconds).isBetween(amount * 0.9, amount * 1.1);
        assertThat(line.get("repetitions")).hasSize(1);
    }

    @Test
    void tellsWhereAStepOfPolicyOptimizationSpendsItsTime() throws IOException {
        JsonNode line = bench(
                "grpo",
                "--model",
                MODEL,
                "--texts",
                texts(),
                "--layer",
                4,
                "--batch",
                2,
                "--steps",
                1,
                "--new-tokens",
                5,
                "--style",
                "sequential");
        assertThat(line.get("style").asText()).isEqualTo("sequential");
        JsonNode phases = line.get("phases");
        double sum = 0;
        for (String phase : List.of("rollout_seconds", "score_seconds", "update_seconds", "critic_seconds")) {
            sum += phases.get(phase).asDouble();
        }
        assertThat(sum).isBetween(0.0, line.get("seconds").asDouble() * 1.01);
        // Every description teaches: none is skipped as unreadable.
        assertThat(phases.get("update_seconds").asDouble()).isPositive();
    }

    @Test
    void tellsWhatEachUseOfALargeDatasetTakes() throws IOException {
        JsonNode line = bench("dataset", "--rows", 300, "--width", 16, "--queries", 30, "--k", 5, "--shard-rows", 100);
        assertThat(line.get("work").asText()).isEqualTo("dataset");
        assertThat(line.get("phases").fieldNames())
                .toIterable()
                .containsExactly("write", "open", "mean", "mean_of_vectors", "rows", "neighbors");
        assertThat(line.get("queries_per_s").asDouble()
                        * line.get("phases").get("neighbors").asDouble())
                .isBetween(25.0, 35.0);
    }

    @Test
    void measuresTheMiddleOfSeveralSearches() throws IOException {
        JsonNode line = bench("neighbors", "--rows", 300, "--width", 16, "--k", 5, "--repeat", 3);
        assertThat(line.get("repetitions")).hasSize(3);
        List<Double> seconds = new ArrayList<>();
        line.get("repetitions").forEach(value -> seconds.add(value.asDouble()));
        assertThat(line.get("seconds").asDouble())
                .isEqualTo(seconds.stream().sorted().toList().get(1));
    }

    @Test
    void tellsWhatAJobCarries() throws IOException {
        JsonNode line = bench("cluster", "--model", MODEL, "--rank", 2, "--parts", 3, "--repeat", 2);
        assertThat(line.get("work").asText()).isEqualTo("cluster");
        int numbers = line.get("numbers").asInt();
        assertThat(bench("cluster", "--model", MODEL, "--rank", 4)
                        .get("numbers")
                        .asInt())
                .isEqualTo(2 * numbers)
                .isPositive();
        assertThat(line.get("workers").asInt()).isEqualTo(1);
        assertThat(line.get("repetitions")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"--batch, 0", "--steps, -1", "--repeat, 0", "--style, both", "--dtype, float64"})
    void refusesWhatCannotBeMeasured(String flag, String value) throws IOException {
        Outcome outcome = Outcome.of("bench", "sft", "--model", MODEL, "--texts", texts(), flag, value);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(value);
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    void refusesTextsWithoutDescriptions() throws IOException {
        Path bare = Files.writeString(folder.resolve("bare.jsonl"), "{\"id\": \"a\", \"text\": \"words\"}\n");
        Outcome outcome = Outcome.of("bench", "sft", "--model", MODEL, "--texts", bare, "--layer", 4);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(bare.toString(), "description");
    }

    private static JsonNode bench(Object... arguments) throws IOException {
        Object[] all = new Object[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Outcome outcome = Outcome.of(all);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private Path texts() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            lines.append("{\"id\": \"%d\", \"text\": \"A teacher was cleaning the kitchen.\", ".formatted(i))
                    .append("\"description\": \"• who: teacher\\n• place: kitchen\"}\n");
        }
        return Files.writeString(folder.resolve("texts.jsonl"), lines);
    }
}
