package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The fixed points of both fractions: perfect is 1, the normalised mean as a constant guess is 0, scale does not matter. */
class FveTest {
    @Test
    void perfectReconstructionExplainsEverything() {
        Fve fve = Fve.of(Clouds.noisy(50, 1, 7, 1, 1).perfect());
        assertThat(fve.nrm()).isCloseTo(1, within(1e-9));
        assertThat(fve.meanNorm()).isCloseTo(1, within(1e-9));
    }

    @Test
    void theNormalisedMeanExplainsNothing() {
        float[][] activations = {{1, 0}, {0, 1}};
        float[][][] guess = {{{5, 5}}, {{2, 2}}};
        Fve fve = Fve.of(new GapInputs(activations, guess, GapInputs.mean(activations)));
        assertThat(fve.meanNorm()).isCloseTo(0, within(1e-9));
        assertThat(fve.nrm()).isNegative();
    }

    @Test
    void noVarianceNothingToExplain() {
        float[][] activations = {{1, 2}, {2, 4}};
        Fve fve = Fve.of(new GapInputs(activations, new float[][][] {{{1, 1}}, {{1, 3}}}, GapInputs.mean(activations)));
        assertThat(fve.nrm()).isNaN();
        assertThat(fve.meanNorm()).isNaN();
    }
}
