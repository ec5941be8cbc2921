package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the way through the whole program: texts to dataset, dataset to three stages of adapters, adapters to words and a table. */
class PipelineTest {
    @TempDir
    static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void trainEverything() throws IOException {
        runs = TinyRuns.in(folder);
        runs.all();
    }

    @Test
    void aDatasetIsInspectedSplitAnewAndGivenNeighbours() throws IOException {
        Path copy = folder.resolve("copy");
        succeeded(runs.extract("--output", copy, "--prompt", "raw", "--position", "sample:2"));
        assertThat(succeeded(Outcome.of("data", "split", copy, "--ratios", "60/20/20", "--seed", 5))
                        .out())
                .contains("train 144", "validation 48", "test 48");
        assertThat(succeeded(Outcome.of("data", "inspect", copy)).out())
                .contains("240 from 60 documents", "block 2, 48 numbers", "train 144");
        assertThat(succeeded(Outcome.of("data", "neighbors", copy, "--k", 7)).out())
                .contains("7 nearest rows of 240");
        assertThat(copy.resolve("neighbors.safetensors")).exists();
    }

    @Test
    void aRunFolderHoldsWhatARunLeaves() throws IOException {
        for (String run : new String[] {"ar", "av", "grpo", "hardneg"}) {
            assertThat(runs.at(run))
                    .isDirectoryContaining("glob:**/config.yaml")
                    .isDirectoryContaining("glob:**/run.json");
            assertThat(runs.at(run).resolve("metrics.jsonl")).isNotEmptyFile();
            assertThat(runs.at(run).resolve("adapter/adapter_model.safetensors"))
                    .exists();
            assertThat(runs.at(run).resolve("adapter/nla_meta.yaml")).exists();
            assertThat(runs.at(run)).isDirectoryContaining("glob:**/events.out.tfevents.*");
        }
        assertThat(Files.readString(runs.at("grpo/metrics.jsonl")))
                .contains("\"reward\"", "\"kl\"", "completions/mean_length");
        assertThat(Files.readString(runs.at("av/metrics.jsonl"))).contains("eval_loss_shuffled");
    }

    @Test
    void everyMetricOfAnEvaluationMayPickTheBestCheckpointAndNoOther() throws IOException {
        Map<String, Outcome> refusals = Map.of(
                "ar", runs.reconstructor("metric_for_best_model=zork"),
                "av", runs.verbalizer("metric_for_best_model=zork"),
                "grpo", runs.policy("grpo", "metric_for_best_model=zork"),
                "hardneg", runs.policy("hardneg", "metric_for_best_model=zork"));
        for (Map.Entry<String, Outcome> refusal : refusals.entrySet()) {
            JsonNode evaluation = Files.readAllLines(runs.at(refusal.getKey()).resolve("metrics.jsonl")).stream()
                    .filter(line -> line.contains("\"eval_"))
                    .findFirst()
                    .map(PipelineTest::json)
                    .orElseThrow();
            List<String> names = new ArrayList<>();
            evaluation.fieldNames().forEachRemaining(names::add);
            List<String> evaluated = names.stream()
                    .filter(name -> name.startsWith("eval_"))
                    .map(name -> name.substring("eval_".length()))
                    .toList();
            refused(refusal.getValue(), Spoiled.USAGE, "expected auto or one of ");
            String listed = refusal.getValue().err().replaceAll("(?s).*expected auto or one of (.*), which.*", "$1");
            assertThat(listed.split(", ")).containsExactlyInAnyOrderElementsOf(evaluated);
        }
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void theGapOfWrittenDescriptionsComesAsTableAndJson() throws IOException {
        Path json = folder.resolve("gap.json");
        Path saved = folder.resolve("descriptions.jsonl");
        Object[] line = gap(
                "--verbalizer",
                runs.at("hardneg/adapter"),
                "--samples",
                2,
                "--temperature",
                0.8,
                "--max-new-tokens",
                12,
                "--json",
                json,
                "--save-descriptions",
                saved);
        String table = succeeded(Outcome.of(line)).out();
        assertThat(table).contains("legacy", "centered", "all_20");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("n_texts").asInt()).isEqualTo(30);
        assertThat(report.get("samples_per_text").asInt()).isEqualTo(2);
        assertThat(report.at("/gap/centered/3_of_20/gap").isNumber()).isTrue();
        assertThat(report.at("/controls/completions/unparseable_ratio").isNumber())
                .isTrue();
        assertThat(report.at("/truth/texts").asInt()).isEqualTo(30);
        assertThat(report.at("/truth/known").asInt()).isEqualTo(60);
        assertThat(report.at("/truth/slots/kind/rule").asText()).isEqualTo("fact");
        assertThat(report.at("/truth/slots/kind/known").asInt()).isEqualTo(60);
        assertThat(report.at("/truth_by_value/facts").asInt()).isEqualTo(60);
        assertThat(report.at("/controls/true_descriptions/truth/recall").asDouble())
                .isEqualTo(1);
        assertThat(report.at("/controls/true_descriptions/truth/precision").asDouble())
                .isEqualTo(1);
        assertThat(report.at("/controls/true_descriptions/truth_by_value/precision")
                        .asDouble())
                .isEqualTo(1);
        assertThat(report.at("/provenance/data_sha256").asText()).hasSize(64);
        assertThat(Files.readAllLines(saved))
                .hasSize(60)
                .allMatch(each -> each.contains("\"category\":") && each.contains("\"facts\":{\"kind\":"));
        Outcome given = succeeded(Outcome.of(gap("--descriptions", saved, "--json", json)));
        assertThat(given.out().lines().skip(3).limit(5))
                .isEqualTo(table.lines().skip(3).limit(5).toList());
    }

    @Test
    void truthOfGivenDescriptionsIsCountedBySlot() throws IOException {
        Path saved = folder.resolve("described.jsonl");
        succeeded(Outcome.of(
                gap("--verbalizer", runs.at("av/adapter"), "--max-new-tokens", 2, "--save-descriptions", saved)));
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(saved)) {
            int kind = json(line).at("/facts/kind").asInt();
            // every second one is wrong, and one of those says something else besides
            int said = lines.size() % 2 == 0 ? kind : (kind + 1) % 5;
            String more = lines.size() == 1 ? "\\nonce upon a time" : "";
            lines.add("{\"id\": %s, \"description\": \"kind %d%s\"}"
                    .formatted(json(line).get("id"), said, more));
        }
        Path told = Files.write(folder.resolve("told.jsonl"), lines);
        Path json = folder.resolve("told.json");
        String table = succeeded(Outcome.of(gap("--descriptions", told, "--json", json)))
                .out();
        assertThat(table).containsSubsequence("30 texts by slot", "judged by", "30 texts by value");
        JsonNode truth = new ObjectMapper().readTree(json.toFile()).get("truth");
        assertThat(truth.at("/recall/value").asDouble()).isEqualTo(0.5);
        assertThat(truth.at("/recall/ci95").size()).isEqualTo(2);
        assertThat(truth.at("/precision/value").asDouble()).isEqualTo(15 / 31.0);
        assertThat(truth.at("/wrong/value").asDouble()).isEqualTo(15 / 31.0);
        assertThat(truth.at("/invention/value").asDouble()).isEqualTo(1 / 31.0);
        assertThat(truth.get("slots"))
                .isEqualTo(json(
                        "{\"kind\": {\"rule\": \"fact\", \"claims\": 30, \"right\": 15, \"wrong\": 15, \"invented\": 0, "
                                + "\"known\": 30, \"stated\": 15, \"precision\": 0.5, \"recall\": 0.5}, "
                                + "\"text\": {\"rule\": \"description\", \"claims\": 1, \"right\": 0, \"wrong\": 0, \"invented\": 1, "
                                + "\"known\": 0, \"stated\": 0, \"precision\": 0.0, \"recall\": null}}"));
    }

    @Test
    void descriptionsOfAFileAreLearntInPlaceOfTheRows() throws IOException {
        Path file = folder.resolve("others.jsonl");
        Files.writeString(file, line(trainRow(), "something else"));
        for (String role : new String[] {"verbalizer", "reconstructor"}) {
            Object[] more = {"train_rows=1", "output_dir=" + runs.at("own-" + role), "max_steps=1", "info_nce_weight=0"
            };
            Object[] other = {
                "train_rows=1",
                "output_dir=" + runs.at("other-" + role),
                "max_steps=1",
                "info_nce_weight=0",
                "descriptions=" + file
            };
            succeeded(role.equals("verbalizer") ? runs.verbalizer(more) : runs.reconstructor(more));
            succeeded(role.equals("verbalizer") ? runs.verbalizer(other) : runs.reconstructor(other));
            assertThat(firstLoss("other-" + role)).isNotEqualTo(firstLoss("own-" + role));
        }
        assertThat(Files.readString(runs.at("other-verbalizer/run.json"))).contains("\"descriptions\"");
    }

    @Test
    void descriptionsThatCannotBeLearntFromAreRefused() throws IOException {
        Path file = folder.resolve("spoiled.jsonl");
        String setting = "descriptions=" + file;
        String run = "output_dir=" + runs.at("refused");
        Files.writeString(file, line("t0", "one") + line("t0", "two"));
        refused(runs.verbalizer(setting, run), FAILED, "spoiled.jsonl", "row t0 has 2 descriptions", "--save-best");
        Files.writeString(file, line("t0", "one") + line("nowhere", "two"));
        refused(runs.verbalizer(setting, run), FAILED, "spoiled.jsonl", "no row nowhere");
        Files.writeString(file, line(trainRow(), " "));
        refused(runs.verbalizer(setting, run), FAILED, "spoiled.jsonl", "no description to learn from");
        Files.delete(file);
        refused(runs.verbalizer(setting, run), FAILED, "spoiled.jsonl", "--save-descriptions");
        assertThat(runs.at("refused")).doesNotExist();
    }

    private static String line(String id, String description) {
        return "{\"id\": \"%s\", \"description\": \"%s\"}\n".formatted(id, description);
    }

    private static String trainRow() throws IOException {
        for (String line : Files.readAllLines(runs.at("data/rows.jsonl"))) {
            JsonNode row = new ObjectMapper().readTree(line);
            if (row.get("split").asText().equals("train")) {
                return row.get("id").asText();
            }
        }
        throw new AssertionError("no train row");
    }

    private static double firstLoss(String run) throws IOException {
        String first = Files.readAllLines(runs.at(run).resolve("metrics.jsonl")).get(0);
        return new ObjectMapper().readTree(first).get("loss").asDouble();
    }

    @Test
    void anActivationIsDescribedFromATextARowOrAFile() throws IOException {
        Outcome text = succeeded(describe("--text", "one river"));
        assertThat(succeeded(describe("--text", "one river"))).isEqualTo(text);
        succeeded(describe("--data", runs.at("data"), "--id", "t7"));
        Path vectors = runs.at("data/activations.safetensors");
        Outcome file = succeeded(describe("--vector", vectors, "--row", 7, "--json"));
        JsonNode json = new ObjectMapper().readTree(file.out());
        String row = new ObjectMapper()
                .readTree(succeeded(describe("--data", runs.at("data"), "--id", "t7", "--json"))
                        .out())
                .at("/descriptions/0/text")
                .asText();
        assertThat(json.at("/descriptions/0/text").asText()).isEqualTo(row);
        assertThat(json.at("/descriptions/0/finish_reason").asText()).isIn("stop", "length");
        Outcome sampled = succeeded(describe(
                "--text",
                "one river",
                "--samples",
                3,
                "--temperature",
                1,
                "--seed",
                4,
                "--json",
                "--av-prompt",
                "chat"));
        assertThat(new ObjectMapper().readTree(sampled.out()).get("descriptions"))
                .hasSize(3);
    }

    @Test
    void aReconstructorTellsHowNearEachDescriptionIs() throws IOException {
        Object[] four = {"--data", runs.at("data"), "--id", "t7", "--samples", 4, "--temperature", 1, "--json"};
        String out = succeeded(describe(TinyRuns.with(four, "--reconstructor", runs.at("ar/adapter"))))
                .out();
        assertThat(new ObjectMapper().readTree(out).findValues("cosine_centered"))
                .hasSize(4)
                .allSatisfy(cosine -> assertThat(cosine.asDouble()).isBetween(-1.0, 1.0));
        refused(describe(TinyRuns.with(four, "--reconstructor", runs.at("av/adapter"))), FAILED, "av/adapter", "role");
    }

    @Test
    void anAdapterIsInspectedWithoutItsModel() {
        String verbalizer = succeeded(Outcome.of("adapter", "inspect", runs.at("hardneg/adapter")))
                .out();
        assertThat(verbalizer).contains("verbalizer", "●", "injection norm  3.0", "mean", "rank            2");
        assertThat(succeeded(Outcome.of("adapter", "inspect", runs.at("ar/adapter")))
                        .out())
                .contains("reconstructor", "marker_hidden", "[0, 1, 2]");
    }

    @Test
    void aDryRunShowsThePromptAndLeavesNothing() {
        Outcome outcome = succeeded(runs.verbalizer("output_dir=" + folder.resolve("none"), "--dry-run"));
        assertThat(outcome.out()).contains("max_steps: 4", "parameters", "memory", "the marker is token", "<c>●</c>");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(succeeded(runs.policy("hardneg", "--output", folder.resolve("none"), "--dry-run"))
                        .out())
                .contains("negative_pool: nearest", "<c>●</c>");
    }

    @Test
    void aFinishedRunIsNeitherOverwrittenNorTrainedAgain() throws IOException {
        byte[] metrics = Files.readAllBytes(runs.at("av/metrics.jsonl"));
        Outcome again = runs.verbalizer();
        assertThat(again.err()).contains("already holds a run", "--resume auto");
        assertThat(again.code()).isEqualTo(2);
        succeeded(runs.verbalizer("--resume", "auto"));
        assertThat(Files.readAllBytes(runs.at("av/metrics.jsonl"))).isEqualTo(metrics);
        Outcome other = runs.verbalizer("--resume", "auto", "learning_rate=1");
        assertThat(other.err()).contains("learning_rate");
        assertThat(other.code()).isEqualTo(2);
    }

    private static Object[] gap(Object... more) {
        Object[] line = {
            "eval",
            "gap",
            "--model",
            runs.at("model"),
            "--data",
            runs.at("data"),
            "--reconstructor",
            runs.at("ar/adapter"),
            "--compute-dtype",
            "float32"
        };
        Object[] all = java.util.Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return all;
    }

    private static Outcome describe(Object... more) {
        Object[] line = {
            "describe",
            "--model",
            runs.at("model"),
            "--verbalizer",
            runs.at("grpo/adapter"),
            "--max-new-tokens",
            12,
            "--compute-dtype",
            "float32"
        };
        Object[] all = java.util.Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return Outcome.of(all);
    }
}
