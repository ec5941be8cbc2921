package dev.nla.cli;

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

/** Protects the suite as users run it: two critics of different halves, every control, the files it leaves, the comparison of two, refusals. */
class EvalSuiteCommandTest {
    @TempDir
    static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void train() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("train_documents=first_half"));
        succeeded(runs.reconstructor("train_documents=first_half"));
        succeeded(runs.reconstructor("train_documents=second_half", "seed=4", "output_dir=" + runs.at("independent")));
    }

    private static Outcome suite(String output, Object... more) {
        List<Object> line = new ArrayList<>(List.of(
                "eval",
                "suite",
                "--model",
                runs.at("model"),
                "--data",
                runs.at("data"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter"),
                "--max-new-tokens",
                8,
                "--resamples",
                200,
                "--output",
                runs.at(output)));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    @Test
    void theHalvesHaveNoDocumentInCommon() throws IOException {
        JsonNode first = json(runs.at("ar/run.json"));
        JsonNode second = json(runs.at("independent/run.json"));
        assertThat(first.toString()).isNotEqualTo(second.toString());
        assertThat(Files.readString(runs.at("ar/config.yaml"))).contains("train_documents: first_half");
    }

    @Test
    void theBestOfSeveralSamplesIsScoredWhateverControlsAreAskedFor() throws IOException {
        succeeded(suite("several", "--controls", "none", "--samples", 2, "--temperature", 1));
        assertThat(json(runs.at("several/suite.json")).at("/scores/training").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("real", "best_of_n", "shuffled");
    }

    @Test
    void everythingIsScoredUnderBothCritics() throws IOException {
        Outcome outcome = succeeded(suite(
                "everything", "--independent", runs.at("independent/adapter"), "--samples", 2, "--temperature", 1));
        assertThat(outcome.out()).contains("# Evaluation suite", "Under the critic independent", "Collusion", "Truth");
        JsonNode suite = json(runs.at("everything/suite.json"));
        assertThat(suite.get("n_rows").asInt()).isEqualTo(30);
        assertThat(suite.get("n_documents").asInt()).isEqualTo(15);
        for (String critic : List.of("training", "independent")) {
            JsonNode scores = suite.at("/scores/" + critic);
            assertThat(scores.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "real",
                            "best_of_n",
                            "true",
                            "source_text",
                            "nearest_train",
                            "shuffled",
                            "generic",
                            "mean_activation",
                            "zero_activation",
                            "random_activation",
                            "wrong_layer",
                            "words_shuffled",
                            "no_quotes_or_digits",
                            "paraphrase");
            JsonNode gap = scores.at("/real/gap_centered_3_of_20");
            assertThat(gap.get("value").asDouble())
                    .isBetween(gap.at("/ci95/0").asDouble(), gap.at("/ci95/1").asDouble());
            assertThat(scores.at("/real/forced_choice_10/chance").asDouble()).isEqualTo(0.1);
        }
        assertThat(suite.at("/differences/training/shuffled/gap_centered_3_of_20/p_holm")
                        .asDouble())
                .isBetween(0.0, 1.0);
        assertThat(suite.at("/warnings").toString())
                .contains("15 documents are too few")
                .doesNotContain("another model");
        assertThat(suite.at("/provenance/independent_sha256").asText()).hasSize(64);
        assertThat(suite.at("/truth/true/recall/value").asDouble()).isEqualTo(1);
        assertThat(suite.at("/truth/true/precision/value").asDouble()).isEqualTo(1);
        assertThat(suite.at("/truth/true/mean_claims/value").asDouble()).isEqualTo(1);
        assertThat(suite.at("/truth/real/recall_by_value/value").isNumber()).isTrue();
        assertThat(Files.readAllLines(runs.at("everything/scores.csv")))
                .hasSize(1 + 2 * 30)
                .first()
                .asString()
                .endsWith("facts,right,wrong,invented,slot_known,slot_stated,slot_right,slot_wrong,slot_invented");
        assertThat(Files.readAllLines(runs.at("everything/descriptions.jsonl"))).hasSize(60);
        assertThat(Files.readString(runs.at("everything/suite.csv")))
                .startsWith("section,critic,condition,metric,value");
        assertThat(Files.readString(runs.at("everything/suite.md")))
                .startsWith("# Evaluation suite")
                .contains("## Under the critic training", "## Under the critic independent", "\n| best_of_n | ");
    }

    @Test
    void anAdapterOfAnotherModelIsNamed() throws IOException {
        Path other = new Spoiled(folder)
                .edited(
                        runs.at("independent/adapter"),
                        "nla_meta.yaml",
                        text -> text.replaceFirst("model_fingerprint: \"\\w{4}", "model_fingerprint: \"abcd"));
        Outcome outcome = succeeded(suite("another", "--controls", "none", "--independent", other));
        assertThat(outcome.out())
                .contains("the independent was trained on activations of another model")
                .doesNotContain("the reconstructor was trained");
    }

    @Test
    void twoSuitesAreComparedAndOtherRowsRefused() throws IOException {
        succeeded(suite("one", "--controls", "none"));
        succeeded(suite("again", "--controls", "none"));
        succeeded(suite("fewer", "--controls", "none", "--limit", 25));
        Outcome same = succeeded(Outcome.of("eval", "compare", runs.at("one"), runs.at("again"), "--resamples", 200));
        assertThat(same.out())
                .contains("30 rows of 15 documents", "do not tell", "recall", "recall_by_value")
                .doesNotContain("not compared");
        assertThat(Files.readString(runs.at("one/scores.csv")))
                .isEqualTo(Files.readString(runs.at("again/scores.csv")));
        Outcome other = Outcome.of("eval", "compare", runs.at("one"), runs.at("fewer"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("not over the same rows (30 and 25)");
    }

    @Test
    void badFlagsAreRefusedBeforeAnythingIsLoaded() throws IOException {
        assertThat(suite("x", "--controls", "shuffeld").err()).contains("--controls shuffeld", "nearest_train");
        assertThat(suite("x", "--limit", 20).err())
                .contains("20 rows of the test split")
                .contains("at least 21");
        Files.createDirectories(runs.at("full"));
        Files.writeString(runs.at("full/file"), "");
        assertThat(suite("full").err()).contains("is not empty");
        assertThat(suite("x", "--wrong-layer", 9).code()).isNotZero();
        assertThat(Outcome.of("eval", "compare", runs.at("nothing"), runs.at("nothing"))
                        .err())
                .contains("scores.csv: there is no such file");
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
