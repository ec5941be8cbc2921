package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects {@code data repair}: which rows get other descriptions, that the others stay as they are, and that its file is one that the gap is scored by. */
class DataRepairCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void train() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer());
        succeeded(runs.reconstructor());
    }

    private static Outcome repair(String data, Object... more) {
        List<Object> line = line(data);
        line.addAll(List.of("--samples", 2, "--max-new-tokens", 8));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    private static Outcome spoiled(String flag, Object value) {
        List<Object> line = line("nowhere");
        line.addAll(List.of(flag, value));
        return Outcome.of(line.toArray());
    }

    private static List<Object> line(String data) {
        return new ArrayList<>(List.of(
                "data",
                "repair",
                "--model",
                runs.at("model"),
                "--data",
                runs.at(data),
                "--verbalizer",
                runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter")));
    }

    @Test
    void theFileHasTheRowsThatWereAskedFor() throws IOException {
        Path file = runs.at("searched.jsonl");
        byte[] before = Files.readAllBytes(runs.at("data/rows.jsonl"));
        Outcome outcome = succeeded(repair("data", "--split", "test", "--output", file));
        assertThat(outcome.out()).contains("descriptions searched, mean centred cosine");
        List<JsonNode> test = rows(runs.at("data/rows.jsonl")).stream()
                .filter(row -> row.get("split").asText().equals("test"))
                .toList();
        assertThat(rows(file))
                .extracting(row -> row.get("id").asText())
                .containsExactlyElementsOf(
                        test.stream().map(row -> row.get("id").asText()).toList());
        assertThat(Files.readAllBytes(runs.at("data/rows.jsonl"))).isEqualTo(before);
        assertThat(folder).isDirectoryNotContaining("glob:**.descriptions");
        byte[] once = Files.readAllBytes(file);
        succeeded(repair("data", "--split", "test", "--output", file));
        assertThat(Files.readAllBytes(file)).isEqualTo(once);
        succeeded(Outcome.of(
                "eval",
                "gap",
                "--model",
                runs.at("model"),
                "--data",
                runs.at("data"),
                "--reconstructor",
                runs.at("ar/adapter"),
                "--descriptions",
                file));
    }

    @Test
    void inPlaceOnlyTheSplitsRowsChange() throws IOException {
        Path copy = runs.at("copy");
        Files.createDirectory(copy);
        try (var files = Files.list(runs.at("data"))) {
            for (Path each : files.toList()) {
                Files.copy(each, copy.resolve(each.getFileName()));
            }
        }
        List<JsonNode> before = rows(copy.resolve("rows.jsonl"));
        succeeded(repair("copy", "--limit", 5));
        List<JsonNode> after = rows(copy.resolve("rows.jsonl"));
        assertThat(after).hasSameSizeAs(before);
        int changed = 0;
        for (int i = 0; i < before.size(); i++) {
            if (!after.get(i).equals(before.get(i))) {
                assertThat(before.get(i).get("split").asText()).isEqualTo("train");
                changed++;
            }
        }
        assertThat(changed).isBetween(1, 5);
        succeeded(Outcome.of("data", "inspect", copy));
    }

    @Test
    void wrongNumbersAndMissingThingsAreOneLine() {
        refused(spoiled("--samples", 0), USAGE, "--samples 0", "at least 1");
        refused(spoiled("--cost", 0), USAGE, "--cost 0.0", "above 0");
        refused(spoiled("--cost", "NaN"), USAGE, "--cost NaN", "above 0");
        refused(spoiled("--limit", -1), USAGE, "--limit -1", "at least 0");
        refused(spoiled("--split", "tests"), USAGE, "--split tests");
        refused(repair("nowhere"), FAILED, runs.at("nowhere").toString());
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }
}
