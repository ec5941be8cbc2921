package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Controls do what their names say: ranks of perfect, deranged and tied reconstructions, the mean as a guess. */
class ControlsTest {
    @Test
    void aPerfectReconstructionRanksFirstAndADerangedOneAnywhere() {
        GapInputs inputs = Clouds.noisy(200, 2, 20, 0.01, 1);
        assertThat(retrieval(inputs, Form.CENTERED)).isEqualTo(new Retrieval(200, 1, 1, 1, 1));
        Retrieval blind = retrieval(inputs.deranged(4), Form.CENTERED);
        assertThat(blind.medianRank()).isBetween(70.0, 135.0);
        assertThat(blind.top10()).isBetween(0.0, 0.12);
    }

    @Test
    void tiesCountAgainstTheReconstruction() {
        float[][] activations = {{1, 0}, {2, 0}, {0, 1}};
        float[][][] guess = {{{1, 0}}, {{1, 0}}, {{1, 0}}};
        Retrieval retrieval = retrieval(new GapInputs(activations, guess, GapInputs.mean(activations)), Form.LEGACY);
        assertThat(retrieval.medianRank()).isEqualTo(2);
        assertThat(retrieval.top1()).isZero();
        assertThat(retrieval.meanReciprocalRank()).isCloseTo((0.5 + 0.5 + 1 / 3.0) / 3, within(1e-12));
    }

    @Test
    void theMeanIsNoBetterForOneRowThanForAnother() {
        GapInputs guess = Clouds.noisy(30, 2, 6, 1, 2).guessingTheMean();
        assertThat(guess.samples()).isEqualTo(1);
        Negatives others = Clouds.blind(30, 3, 2);
        Gap blind = Gap.measure(guess, Form.LEGACY, others, 5);
        assertThat(blind.calibration().place(blind.gap())).isCloseTo(0, within(1e-9));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> GapScores.of(guess, Form.CENTERED, others))
                .withMessageContaining("equal to the mean vector");
    }

    private static Retrieval retrieval(GapInputs inputs, Form form) {
        return Retrieval.of(new ScoredRows(inputs, Map.of()), form);
    }
}
