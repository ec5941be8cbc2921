package dev.nla.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.gap.Cosine;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.reward.testing.Attempts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Unparseable descriptions stay below every readable one of their batch, whatever the reward; terms are logged unweighted. */
class BatchRewardsTest {
    private static final UnparseableFloor BELOW_WORST = new UnparseableFloor(OptionalDouble.empty(), 1);

    private static final Unparseable UNCLOSED = new Unparseable(Explanation.Defect.UNCLOSED);

    @Property(tries = 100)
    void unparseableEarnsLessThanAnyReadable(
            @ForAll @IntRange(max = 12) int readable,
            @ForAll @IntRange(min = 1, max = 12) int unreadable,
            @ForAll @DoubleRange(min = 0.01, max = 1) double temperature,
            @ForAll @DoubleRange(min = -5, max = 5) double fixed,
            @ForAll long seed) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < unreadable + readable; i++) {
            rollouts.add(i < unreadable ? UNCLOSED : Attempts.random(5, 4, seed + i));
        }
        for (UnparseableFloor floor : List.of(BELOW_WORST, UnparseableFloor.fixed(fixed))) {
            BatchRewards batch = BatchRewards.of(new InfoNce(Cosine.raw(), temperature), rollouts, floor);
            assertThat(batch.unparseable()).isEqualTo(unreadable);
            for (int i = 0; i < unreadable; i++) {
                assertThat(batch.rewards()[i]).isFinite().isEqualTo(batch.rewards()[0]);
                for (int j = unreadable; j < rollouts.size(); j++) {
                    assertThat(batch.rewards()[i]).isLessThan(batch.rewards()[j]);
                }
            }
        }
    }

    @Test
    void aFixedRewardHoldsWhereItIsLowEnough() {
        BatchRewards batch = BatchRewards.of(
                new CosineReward(Cosine.raw()),
                List.of(Attempts.random(5, 0, 1), UNCLOSED),
                UnparseableFloor.fixed(-3));
        assertThat(batch.rewards()[1]).isEqualTo(-3);
    }

    @Test
    void keepsTheOrderAndTheMeansOfTerms() {
        Attempt first = Attempts.random(5, 2, 1);
        Attempt second = Attempts.random(5, 2, 2);
        Reward cosine = new CosineReward(Cosine.raw());
        Reward repetition = new RepetitionPenalty();
        Mixture mixture = new Mixture(List.of(new Weighted(2, cosine), new Weighted(0.5, repetition)));
        BatchRewards batch = BatchRewards.of(mixture, List.of(first, UNCLOSED, second), BELOW_WORST);
        assertThat(batch.rewards()[0]).isEqualTo(mixture.score(first));
        assertThat(batch.rewards()[2]).isEqualTo(mixture.score(second));
        assertThat(batch.termMeans()).containsOnlyKeys("cosine", "repetition");
        assertThat(batch.termMeans().get("cosine"))
                .isCloseTo((cosine.score(first) + cosine.score(second)) / 2, within(1e-12));
    }

    @Test
    void aBatchWithoutReadableOnesIsFlat() {
        BatchRewards batch = BatchRewards.of(new CosineReward(Cosine.raw()), List.of(UNCLOSED, UNCLOSED), BELOW_WORST);
        assertThat(batch.rewards()[0]).isFinite().isEqualTo(batch.rewards()[1]);
        assertThat(batch.termMeans()).isEmpty();
    }
}
