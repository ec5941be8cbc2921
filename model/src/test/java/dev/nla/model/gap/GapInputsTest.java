package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nla.model.InputException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Everything wrong with vectors or negatives is refused in one line that names the place. */
class GapInputsTest {
    private static final float[] MEAN = {0, 0};

    @Test
    void refusesTooFewRows() {
        refused(() -> new GapInputs(new float[][] {{1, 2}}, new float[][][] {{{1, 2}}}, MEAN), "1 rows", "at least 2");
    }

    @Test
    void refusesMissingReconstructions() {
        refused(
                () -> new GapInputs(new float[][] {{1, 2}, {2, 1}}, new float[][][] {{{1, 2}}}, MEAN),
                "reconstructions: 1 rows",
                "2 activations");
    }

    @Test
    void refusesRaggedSamples() {
        refused(
                () -> new GapInputs(new float[][] {{1, 2}, {2, 1}}, new float[][][] {{{1, 2}}, {{1, 2}, {1, 1}}}, MEAN),
                "reconstructions[1]: 2 samples");
    }

    @Test
    void refusesAnotherDimension() {
        refused(
                () -> new GapInputs(new float[][] {{1, 2}, {2, 1}}, new float[][][] {{{1, 2}}, {{1}}}, MEAN),
                "reconstructions[1][0]: 1 numbers, expected 2");
    }

    @Test
    void refusesNaN() {
        refused(
                () -> new GapInputs(new float[][] {{1, 2}, {2, Float.NaN}}, new float[][][] {{{1, 2}}, {{1, 2}}}, MEAN),
                "activations[1] holds NaN at 1");
    }

    @Test
    void refusesAZeroVector() {
        GapInputs inputs = new GapInputs(new float[][] {{1, 2}, {2, 1}}, new float[][][] {{{1, 2}}, {{0, 0}}}, MEAN);
        Negatives other = new Negatives(new int[][] {{1}, {0}});
        refused(() -> GapScores.of(inputs, Form.LEGACY, other), "reconstructions[1][0] is a zero vector");
    }

    @Test
    void refusesAVectorEqualToTheMeanWhenCentring() {
        float[] mean = {3, 4};
        GapInputs inputs = new GapInputs(new float[][] {{1, 2}, {2, 1}}, new float[][][] {{{1, 2}}, {{3, 4}}}, mean);
        Negatives other = new Negatives(new int[][] {{1}, {0}});
        refused(() -> GapScores.of(inputs, Form.CENTERED, other), "reconstructions[1][0] is equal to the mean vector");
    }

    @Test
    void refusesARowAsItsOwnNegative() {
        refused(() -> new Negatives(new int[][] {{1}, {1}}), "negatives of row 1: 1, expected another row");
    }

    @Test
    void refusesANegativeOutOfRange() {
        refused(
                () -> new Negatives(new int[][] {{1}, {2}}),
                "negatives of row 1: 2, expected another row between 0 and 1");
    }

    @Test
    void refusesARepeatedNegative() {
        refused(() -> new Negatives(new int[][] {{1, 1}, {0, 2}, {0, 1}}), "negatives of row 0: 1 stands there twice");
    }

    @Test
    void refusesMoreNegativesThanNeighbours() {
        refused(() -> new Negatives(new int[][] {{1}, {0}}).draw(3, 1), "3 negatives a row asked from 1 neighbours");
        refused(() -> NegativeSets.draw(new int[][] {{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}}, 1), "expected 20");
    }

    @Test
    void theDrawOfARowDoesNotDependOnTheOthers() {
        Negatives all = Clouds.blind(40, 20, 5);
        int[][] other = all.rows().clone();
        other[3] = Clouds.blind(40, 20, 6).rows()[3];
        int[][] drawn = all.draw(3, 9).rows();
        assertThat(new Negatives(other).draw(3, 9).rows()[7]).isEqualTo(drawn[7]);
        assertThat(all.draw(3, 9).rows()).isDeepEqualTo(drawn);
        assertThat(Arrays.deepEquals(all.draw(3, 10).rows(), drawn)).isFalse();
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
    }
}
