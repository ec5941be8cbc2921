package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects the adapters that ship with the project: they are complete, small and name nothing of one machine, and they work on the real model. */
class ShippedAdaptersTest {
    private static final Path ADAPTERS = Fixtures.checkout("adapters/smollm2-135m-l21");
    private static final Path ANY = Fixtures.checkout("adapters/smollm2-135m-l21-any");
    private static final int TEXTS = 150;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smollm2-135m-l21/sft",
                "smollm2-135m-l21/grpo",
                "smollm2-135m-l21/hardneg",
                "smollm2-135m-l21/reconstructor",
                "smollm2-135m-l21/reconstructor-independent",
                "smollm2-135m-l21-any/sft",
                "smollm2-135m-l21-any/reconstructor",
                "smollm2-135m-l21-any/reconstructor-independent"
            })
    void aFolderHasWhatPeftAndNlaReadInEightMegabytes(String name) throws IOException {
        long bytes = 0;
        Path shipped = Fixtures.checkout("adapters").resolve(name);
        try (Stream<Path> files = Files.list(shipped)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
                if (!file.toString().endsWith(".safetensors")) {
                    assertThat(Files.readString(file))
                            .as(file.toString())
                            .contains("HuggingFaceTB/SmolLM2-135M-Instruct")
                            .doesNotContain("/root/", "/home/", "/work/", "/tmp/");
                }
            }
        }
        assertThat(bytes).isLessThan(8_000_000);
        assertThat(shipped)
                .isDirectoryContaining("glob:**/adapter_model.safetensors")
                .isDirectoryContaining("glob:**/adapter_config.json")
                .isDirectoryContaining("glob:**/nla_meta.yaml")
                .isDirectoryContaining("glob:**/README.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verbalizer", "reconstructor"})
    void aFolderOfTheScenesModelNamesThatAndNoMachine(String name) throws IOException {
        for (String file : List.of("adapter_config.json", "nla_meta.yaml", "README.md")) {
            assertThat(Files.readString(
                            Fixtures.checkout("adapters/scenes").resolve(name).resolve(file)))
                    .as(file)
                    .contains("models/scenes")
                    .doesNotContain("/root/", "/home/", "/work/", "/tmp/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "grpo", "hardneg", "reconstructor", "reconstructor-independent"})
    void aFolderSaysWhichActivationsItWasTrainedOn(String name) {
        assertThat(ModelSidecar.read(ADAPTERS.resolve(name)).origin())
                .isEqualTo(new ActivationOrigin(Optional.of("chat"), Optional.of("last"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "reconstructor", "reconstructor-independent"})
    void aFolderForAnyTokenSaysSo(String name) {
        assertThat(ModelSidecar.read(ANY.resolve(name)).origin())
                .isEqualTo(new ActivationOrigin(Optional.of("raw"), Optional.of("sample:4"), 1));
    }

    @Test
    @Tag("real")
    void aTokenInTheMiddleIsReadAsOneThere() {
        Outcome outcome = succeeded(Outcome.of(
                "describe",
                "--model",
                Fixtures.smollm2(),
                "--verbalizer",
                ANY.resolve("sft"),
                "--text",
                "In the beginning God created the heaven and the earth. And the earth was without form, and void;",
                "--position",
                11,
                "--max-new-tokens",
                80));
        assertThat(outcome.err()).doesNotContain("warning");
        assertThat(outcome.out()).contains("• Kind of text: scripture", "• Just read: \"", "• About to say: ");
    }

    @Test
    @Tag("real")
    void aTextThatIsPutRawOrReadInTheMiddleIsSaidToBeUnlikeTheTraining() {
        assertThat(described().err()).doesNotContain("warning");
        assertThat(described("--prompt", "raw").err())
                .contains("trained on activations of chat prompts, these are of raw ones");
        assertThat(described("--position", 36).err())
                .contains("trained on activations at the last token of prompts, this one is at token 36 of 0 to ");
    }

    @Test
    void claimsOfTheScenesPairHaveProbabilitiesAndAreSearched() throws IOException {
        Path pair = Fixtures.checkout("adapters/scenes");
        Outcome outcome = succeeded(Outcome.of(
                "describe",
                "--model",
                Fixtures.checkout("models/scenes"),
                "--verbalizer",
                pair.resolve("verbalizer"),
                "--reconstructor",
                pair.resolve("reconstructor"),
                "--text",
                "The school was where it happened. A goat kept close. Nobody minded the mist.",
                "--max-new-tokens",
                64,
                "--confidence",
                "--search",
                "--json"));
        assertThat(outcome.err()).doesNotContain("warning");
        JsonNode answer = new ObjectMapper().readTree(outcome.out());
        assertThat(answer.at("/searched/text").asText()).contains("companion: goat");
        assertThat(answer.get("claims")).anySatisfy(claim -> {
            assertThat(claim.get("value").asText()).isEqualTo("goat");
            assertThat(claim.get("p").asDouble()).isGreaterThan(0.8);
        });
    }

    private static Outcome described(Object... more) {
        return succeeded(Outcome.of(TinyRuns.with(
                more,
                "describe",
                "--model",
                Fixtures.smollm2(),
                "--verbalizer",
                ADAPTERS.resolve("hardneg"),
                "--text",
                "a small boat that is used to carry people across a river",
                "--max-new-tokens",
                40)));
    }

    @Test
    @Tag("real")
    void bothReconstructorsTellRealActivationsFromTheirNeighboursByTheLastStagesWords() throws IOException {
        Path data = extracted();
        Path said = folder.resolve("said.jsonl");
        double own = accuracy(
                data,
                "reconstructor",
                "--verbalizer",
                ADAPTERS.resolve("hardneg"),
                "--max-new-tokens",
                80,
                "--save-descriptions",
                said);
        assertThat(own).isGreaterThan(0.5);
        assertThat(accuracy(data, "reconstructor-independent", "--descriptions", said))
                .isGreaterThan(0.5);
    }

    private double accuracy(Path data, String reconstructor, Object... more) throws IOException {
        Path out = folder.resolve(reconstructor + ".json");
        succeeded(Outcome.of(TinyRuns.with(
                more,
                "eval",
                "gap",
                "--model",
                Fixtures.smollm2(),
                "--data",
                data,
                "--reconstructor",
                ADAPTERS.resolve(reconstructor),
                "--json",
                out)));
        JsonNode report = new ObjectMapper().readTree(out.toFile());
        return report.at("/gap/centered/3_of_20/accuracy").asDouble();
    }

    @ParameterizedTest
    @Tag("real")
    @ValueSource(strings = {"sft", "grpo", "hardneg"})
    void eachStagePutsATextIntoTheWordsItWasTaught(String stage) {
        String said = succeeded(Outcome.of(
                        "describe",
                        "--model",
                        Fixtures.smollm2(),
                        "--verbalizer",
                        ADAPTERS.resolve(stage),
                        "--text",
                        "a small boat that is used to carry people across a river",
                        "--max-new-tokens",
                        80))
                .out();
        assertThat(said).contains("• Dictionary definition, topic:", "• About to say:");
    }

    /** Some texts of each kind; most of them make the mean and the neighbours, the rest is described. */
    private Path extracted() throws IOException {
        List<String> corpus = Files.readAllLines(Fixtures.corpus());
        Path texts = Files.write(
                folder.resolve("texts.jsonl"),
                IntStream.range(0, TEXTS)
                        .mapToObj(i -> corpus.get(i * (corpus.size() / TEXTS)))
                        .toList());
        Path data = folder.resolve("data");
        succeeded(Outcome.of(
                "data",
                "extract",
                "--model",
                Fixtures.smollm2(),
                "--texts",
                texts,
                "--layer",
                21,
                "--split",
                "60/0/40",
                "--output",
                data));
        return data;
    }
}
