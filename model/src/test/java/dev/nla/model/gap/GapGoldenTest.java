package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the gap, its accuracies and both FVEs to values computed apart from this code, with torch in float32. */
class GapGoldenTest {
    private static final double TOLERANCE = 2e-7;

    private static JsonNode expected;
    private static GapInputs inputs;
    private static SafetensorsFile file;

    @BeforeAll
    static void read() throws IOException {
        expected = new ObjectMapper().readTree(Fixtures.golden("gap/gap.json").toFile());
        try (SafetensorsFile opened = SafetensorsFile.open(Fixtures.golden("gap/gap.safetensors"))) {
            file = opened;
            float[][] activations = rows(opened.floats("activations"), 200);
            float[][] flat = rows(opened.floats("reconstructions"), 800);
            float[][][] reconstructions = new float[200][4][];
            for (int i = 0; i < flat.length; i++) {
                reconstructions[i / 4][i % 4] = flat[i];
            }
            inputs = new GapInputs(activations, reconstructions, GapInputs.mean(activations));
            drawn = new Negatives[] {negatives(Form.LEGACY, "negatives3"), negatives(Form.CENTERED, "negatives3")};
            neighbours = new Negatives[] {negatives(Form.LEGACY, "neighbours"), negatives(Form.CENTERED, "neighbours")};
        }
    }

    private static Negatives[] drawn;
    private static Negatives[] neighbours;

    @ParameterizedTest
    @EnumSource(Form.class)
    void againstThreeDrawnNegatives(Form form) {
        Gap result = measure(form, drawn[form.ordinal()]);
        JsonNode golden = expected.get(form.key());
        assertThat(result.correctCos()).isCloseTo(golden.get("correct_cos").asDouble(), within(TOLERANCE));
        assertThat(result.hardNegativeCos())
                .isCloseTo(golden.get("hard_neg_cos_3").asDouble(), within(TOLERANCE));
        assertThat(result.gap()).isCloseTo(golden.get("gap_3").asDouble(), within(TOLERANCE));
        assertThat(result.accuracy()).isCloseTo(golden.get("accuracy_1in4").asDouble(), within(TOLERANCE));
        assertThat(result.chance()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void againstAllTwentyNeighbours(Form form) {
        Gap result = measure(form, neighbours[form.ordinal()]);
        JsonNode golden = expected.get(form.key());
        assertThat(result.correctCos()).isCloseTo(golden.get("correct_cos").asDouble(), within(TOLERANCE));
        assertThat(result.hardNegativeCos())
                .isCloseTo(golden.get("hard_neg_cos_20").asDouble(), within(TOLERANCE));
        assertThat(result.gap()).isCloseTo(golden.get("gap_20").asDouble(), within(TOLERANCE));
        assertThat(result.accuracy()).isCloseTo(golden.get("accuracy_1in21").asDouble(), within(TOLERANCE));
        assertThat(result.chance()).isEqualTo(1 / 21.0);
    }

    @Test
    void fractionsOfVarianceExplained() {
        Fve fve = Fve.of(inputs);
        assertThat(fve.nrm()).isCloseTo(expected.get("fve_nrm").asDouble(), within(TOLERANCE));
        assertThat(fve.meanNorm()).isCloseTo(expected.get("fve_meannorm").asDouble(), within(TOLERANCE));
    }

    private static Gap measure(Form form, Negatives negatives) {
        return Gap.measure(inputs, form, negatives, 1);
    }

    private static Negatives negatives(Form form, String kind) {
        long[] flat = file.longs(form.key() + "." + kind);
        int width = flat.length / 200;
        int[][] rows = new int[200][width];
        for (int i = 0; i < flat.length; i++) {
            rows[i / width][i % width] = (int) flat[i];
        }
        return new Negatives(rows);
    }

    private static float[][] rows(float[] flat, int count) {
        int d = flat.length / count;
        float[][] rows = new float[count][d];
        for (int i = 0; i < count; i++) {
            System.arraycopy(flat, i * d, rows[i], 0, d);
        }
        return rows;
    }
}
