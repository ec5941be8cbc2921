package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects {@code nla eval gap} on given vectors: golden values in the JSON, a table on standard output, one line for bad files. */
class EvalGapCommandTest {
    @TempDir
    Path folder;

    @Test
    void goldenValuesStandInTheJson() throws IOException {
        Path json = folder.resolve("gap.json");
        Outcome outcome =
                Outcome.of("eval", "gap", "--reconstructions", Fixtures.golden("gap/gap.safetensors"), "--json", json);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("legacy", "centered", "3_of_20", "all_20", "fve_nrm");
        JsonNode expected =
                new ObjectMapper().readTree(Fixtures.golden("gap/gap.json").toFile());
        JsonNode actual = new ObjectMapper().readTree(json.toFile());
        for (String form : List.of("legacy", "centered")) {
            JsonNode three = actual.at("/gap/" + form + "/3_of_20");
            JsonNode all = actual.at("/gap/" + form + "/all_20");
            assertSame(three.get("correct_cos"), expected.at("/" + form + "/correct_cos"));
            assertSame(three.get("hard_negative_cos"), expected.at("/" + form + "/hard_neg_cos_3"));
            assertSame(three.get("gap"), expected.at("/" + form + "/gap_3"));
            assertSame(three.get("accuracy"), expected.at("/" + form + "/accuracy_1in4"));
            assertSame(all.get("gap"), expected.at("/" + form + "/gap_20"));
            assertSame(all.get("accuracy"), expected.at("/" + form + "/accuracy_1in21"));
            assertThat(three.get("ci95").get(0).asDouble())
                    .isLessThan(three.get("gap").asDouble());
        }
        assertSame(actual.get("fve_nrm"), expected.get("fve_nrm"));
        assertSame(actual.get("fve_meannorm"), expected.get("fve_meannorm"));
    }

    @Test
    void theSameSeedGivesTheSameTable() {
        Object[] line = {"eval", "gap", "--reconstructions", Fixtures.golden("gap/gap.safetensors"), "--seed", "7"};
        assertThat(Outcome.of(line)).isEqualTo(Outcome.of(line));
    }

    @Test
    void aMissingOrTruncatedFileIsOneLine() throws IOException {
        Path missing = folder.resolve("none.safetensors");
        assertFailed(Outcome.of("eval", "gap", "--reconstructions", missing), missing.toString(), "no such file");
        Path cut = folder.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(Fixtures.golden("gap/gap.safetensors"));
        Files.write(cut, java.util.Arrays.copyOf(whole, 5000));
        assertFailed(Outcome.of("eval", "gap", "--reconstructions", cut), cut.toString());
    }

    @Test
    void wrongShapesAndNumbersAreOneLine() {
        Path file = folder.resolve("vectors.safetensors");
        float[] activations = new float[30 * 4];
        for (int i = 0; i < activations.length; i++) {
            activations[i] = (float) Math.sin(i * i);
        }
        write(file, activations, 30, new float[30 * 5], 5);
        assertFailed(Outcome.of("eval", "gap", "--reconstructions", file), file.toString(), "reconstructions");
        float[] holed = activations.clone();
        holed[17] = Float.NaN;
        write(file, activations, 30, holed, 4);
        assertFailed(Outcome.of("eval", "gap", "--reconstructions", file), file.toString(), "NaN");
        write(file, java.util.Arrays.copyOf(activations, 40), 10, java.util.Arrays.copyOf(activations, 40), 4);
        assertFailed(Outcome.of("eval", "gap", "--reconstructions", file), file.toString(), "20");
    }

    @Test
    void withoutAFileItIsAUsageError() {
        assertThat(Outcome.of("eval", "gap").code()).isEqualTo(2);
        assertThat(Outcome.of("eval", "gap", "--seed", "many", "--reconstructions", "x")
                        .code())
                .isEqualTo(2);
    }

    private static void write(Path file, float[] activations, int rows, float[] reconstructions, int width) {
        SafetensorsWriter.write(
                file,
                Map.of(),
                List.of(
                        TensorToWrite.floats("activations", new long[] {rows, 4}, activations),
                        TensorToWrite.floats("reconstructions", new long[] {rows, 1, width}, reconstructions)));
    }

    private static void assertSame(JsonNode actual, JsonNode expected) {
        assertThat(actual.asDouble()).isCloseTo(expected.asDouble(), within(2e-6));
    }

    private static void assertFailed(Outcome outcome, String... parts) {
        assertThat(outcome.err()).startsWith("nla: ").contains(parts).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }
}
