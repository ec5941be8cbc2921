package dev.nla.claims.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Protects the figures by which probabilities are judged, against values worked out by hand. */
class JudgementTest {
    private static final List<Judgement> FOUR = List.of(
            new Judgement("a", 0.1, false),
            new Judgement("a", 0.4, false),
            new Judgement("b", 0.35, true),
            new Judgement("b", 0.8, true));

    /** The example of scikit-learn's {@code roc_auc_score}: 0.75. */
    @Test
    void aurocIsTheShareOfPairsInOrder() {
        assertThat(Judgement.auroc(FOUR)).isEqualTo(0.75);
        assertThat(Judgement.auroc(List.of(new Judgement("a", 0.5, true), new Judgement("a", 0.5, false))))
                .isEqualTo(0.5);
        assertThat(Judgement.auroc(FOUR.subList(0, 2))).isNaN();
    }

    @Test
    void withinSlotsOnlyPairsOfOneSlotCount() {
        assertThat(Judgement.aurocWithinSlots(FOUR)).isNaN();
        List<Judgement> more = new ArrayList<>(FOUR);
        more.add(new Judgement("a", 0.2, true));
        assertThat(Judgement.aurocWithinSlots(more)).isEqualTo(0.5);
    }

    @Test
    void calibrationErrorIsTheDistanceOfTheBins() {
        assertThat(Judgement.calibrationError(FOUR)).isCloseTo((0.1 + 0.4 + 0.65 + 0.2) / 4, within(1e-12));
        assertThat(Judgement.reliability(FOUR))
                .extracting(Judgement.Bin::claims)
                .containsExactly(1, 1, 1, 1);
        assertThat(Judgement.reliability(List.of(new Judgement("a", 1, true)))).hasSize(1);
        assertThat(Judgement.calibrationError(List.of())).isNaN();
    }

    @Test
    void brierIsTheMeanSquare() {
        assertThat(Judgement.brier(FOUR)).isCloseTo((0.01 + 0.16 + 0.4225 + 0.04) / 4, within(1e-12));
    }

    /** Claims that come true as often as was said have an error that vanishes as their number grows. */
    @Test
    void honestProbabilitiesHaveNoError() {
        SplittableRandom random = new SplittableRandom(1);
        List<Judgement> judged = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            double probability = random.nextDouble();
            judged.add(new Judgement("a", probability, random.nextDouble() < probability));
        }
        assertThat(Judgement.calibrationError(judged)).isLessThan(0.01);
        assertThat(Judgement.auroc(judged)).isCloseTo(5.0 / 6, within(0.01));
    }
}
