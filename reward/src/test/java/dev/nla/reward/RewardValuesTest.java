package dev.nla.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import dev.nla.model.gap.Cosine;
import dev.nla.reward.testing.Attempts;
import dev.nla.reward.text.TextFacts;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Single values of each reward, worked out by hand. */
class RewardValuesTest {
    private static final float[] TARGET = {2, 0};
    /** Cosine 0.6 with the target, 0.8 with the first negative and -0.6 with the second. */
    private static final Attempt ATTEMPT =
            new Attempt(new float[] {3, 4}, TARGET, new float[][] {{0, 1}, {-5, 0}}, Attempts.PLAIN);

    @Test
    void meanSquaredErrorOfScaledVectors() {
        assertThat(new NegativeMse(Math.sqrt(2)).score(ATTEMPT)).isCloseTo(-0.8, within(1e-12));
        assertThat(new NegativeMse(1).score(ATTEMPT)).isCloseTo(-0.4, within(1e-12));
        assertThat(new NegativeLogMse(Math.sqrt(2)).score(ATTEMPT)).isCloseTo(-Math.log(0.8), within(1e-12));
    }

    @Test
    void centringSubtractsTheMeanFromBoth() {
        Cosine cosine = Cosine.centered(new float[] {3, 3});
        assertThat(new CosineReward(cosine).score(ATTEMPT)).isCloseTo(-3 / Math.sqrt(10), within(1e-12));
    }

    @Test
    void aggregatesOfNegatives() {
        assertThat(AgainstNegatives.hardest(Cosine.raw()).score(ATTEMPT)).isCloseTo(0.6 - 0.8, within(1e-12));
        assertThat(new AgainstNegatives(Cosine.raw(), new Aggregate.Mean()).score(ATTEMPT))
                .isCloseTo(0.6 - 0.1, within(1e-12));
        double weight = 1 / (1 + Math.exp(-1.4 / 0.5));
        assertThat(new AgainstNegatives(Cosine.raw(), new Aggregate.SoftMax(0.5)).score(ATTEMPT))
                .isCloseTo(0.6 - (0.8 * weight - 0.6 * (1 - weight)), within(1e-12));
        assertThat(new Aggregate.SoftMax(1e-4).of(new double[] {0.8, -0.6})).isCloseTo(0.8, within(1e-9));
        assertThat(new Aggregate.SoftMax(1e4).of(new double[] {0.8, -0.6})).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void infoNceIsTheLogProbabilityOfTheTarget() {
        double expected = Math.log(Math.exp(6) / (Math.exp(6) + Math.exp(8) + Math.exp(-6)));
        assertThat(new InfoNce(Cosine.raw(), 0.1).score(ATTEMPT)).isCloseTo(expected, within(1e-9));
        assertThat(new InfoNce(Cosine.raw(), 1e-5).score(ATTEMPT)).isCloseTo(-0.2e5, within(1e-3));
    }

    @Test
    void lengthIsFreeInsideAndFallsOutside() {
        LengthPenalty penalty = new LengthPenalty(10, 60, 20);
        assertThat(penalty.score(ofTokens(10))).isZero();
        assertThat(penalty.score(ofTokens(60))).isZero();
        assertThat(penalty.score(ofTokens(5))).isEqualTo(-0.25);
        assertThat(penalty.score(ofTokens(70))).isEqualTo(-0.5);
        assertThat(penalty.score(ofTokens(500))).isEqualTo(-1);
    }

    @Test
    void mixtureAddsWeightedTermsAndResolvesMixturesInside() {
        Reward inner = new Mixture(List.of(new Weighted(2, new CosineReward(Cosine.raw()))));
        Mixture mixture = new Mixture(List.of(new Weighted(0.5, inner), new Weighted(3, new FormatPenalty())));
        Attempt stray =
                new Attempt(ATTEMPT.reconstruction(), TARGET, ATTEMPT.negatives(), new TextFacts("A b.", 5, 0, true));
        assertThat(mixture.score(stray)).isCloseTo(0.6 - 3, within(1e-12));
        assertThat(mixture.terms()).extracting(term -> term.reward().name()).containsExactly("cosine", "format");
    }

    @Test
    void refusesSettingsWithoutMeaning() {
        refused(() -> new NegativeMse(0), "mse_scale is 0.0");
        refused(() -> new InfoNce(Cosine.raw(), 0), "temperature is 0.0");
        refused(() -> new LengthPenalty(10, 5, 1), "10 to 5 tokens");
        refused(() -> new Weighted(-1, new FormatPenalty()), "weight of reward format is -1.0");
        refused(() -> new Mixture(List.of(new Weighted(0, new FormatPenalty()))), "no term with a weight above 0");
        refused(
                () -> new Mixture(List.of(new Weighted(1, new FormatPenalty()), new Weighted(1, new FormatPenalty()))),
                "twice");
        Attempt lonely = new Attempt(ATTEMPT.reconstruction(), TARGET, new float[0][], Attempts.PLAIN);
        refused(() -> AgainstNegatives.hardest(Cosine.raw()).score(lonely), "gap_max needs negatives");
        refused(
                () -> new Attempt(new float[] {Float.NaN, 1}, TARGET, new float[0][], Attempts.PLAIN),
                "the reconstructor gave NaN");
    }

    private static void refused(ThrowingCallable call, String part) {
        assertThatExceptionOfType(InputException.class).isThrownBy(call).withMessageContaining(part);
    }

    private static Attempt ofTokens(int tokens) {
        return new Attempt(
                ATTEMPT.reconstruction(), TARGET, ATTEMPT.negatives(), new TextFacts("A b.", tokens, 0, false));
    }
}
