package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import org.junit.jupiter.api.Test;

/** Controls do what their names say: ranks of perfect, deranged and tied reconstructions, the mean as a guess, paired differences. */
class ControlsTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 5);

    @Test
    void aPerfectReconstructionRanksFirstAndADerangedOneAnywhere() {
        GapInputs inputs = Clouds.noisy(200, 2, 20, 0.01, 1);
        assertThat(Retrieval.of(inputs, Form.CENTERED)).isEqualTo(new Retrieval(200, 1, 1, 1, 1));
        Retrieval blind = Retrieval.of(inputs.deranged(4), Form.CENTERED);
        assertThat(blind.medianRank()).isBetween(70.0, 135.0);
        assertThat(blind.top10()).isBetween(0.0, 0.12);
    }

    @Test
    void tiesCountAgainstTheReconstruction() {
        float[][] activations = {{1, 0}, {2, 0}, {0, 1}};
        float[][][] guess = {{{1, 0}}, {{1, 0}}, {{1, 0}}};
        Retrieval retrieval = Retrieval.of(new GapInputs(activations, guess, GapInputs.mean(activations)), Form.LEGACY);
        assertThat(retrieval.medianRank()).isEqualTo(2);
        assertThat(retrieval.top1()).isZero();
        assertThat(retrieval.meanReciprocalRank()).isCloseTo((0.5 + 0.5 + 1 / 3.0) / 3, within(1e-12));
    }

    @Test
    void theMeanIsNoBetterForOneRowThanForAnother() {
        GapInputs guess = Clouds.noisy(30, 2, 6, 1, 2).guessingTheMean();
        assertThat(guess.samples()).isEqualTo(1);
        Negatives others = Clouds.blind(30, 3, 2);
        assertThat(Gap.measure(guess, Form.LEGACY, others, BOOTSTRAP).calibrated())
                .isCloseTo(0, within(1e-9));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> GapScores.of(guess, Form.CENTERED, others))
                .withMessageContaining("equal to the mean vector");
    }

    @Test
    void pairingTakesOutWhatTextsHaveInCommon() {
        double[] hard = new double[400];
        double[] first = new double[400];
        for (int i = 0; i < hard.length; i++) {
            hard[i] = Math.sin(i * 12.9898) * 10;
            first[i] = hard[i] + (i % 4 == 0 ? -0.1 : 0.1);
        }
        PairedDifference difference = PairedDifference.of(first, hard, BOOTSTRAP);
        assertThat(difference.difference()).isCloseTo(0.05, within(1e-9));
        assertThat(difference.ci95().low()).isBetween(0.03, 0.05);
        assertThat(difference.ci95().high()).isBetween(0.05, 0.07);
        assertThat(difference.firstAhead()).isEqualTo(0.75);
        assertThat(PairedDifference.of(hard, hard, BOOTSTRAP).firstAhead()).isEqualTo(0.5);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PairedDifference.of(hard, new double[3], BOOTSTRAP))
                .withMessageContaining("400 texts against 3");
    }
}
