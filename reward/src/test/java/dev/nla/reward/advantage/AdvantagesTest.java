package dev.nla.reward.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Advantages equal trl's, sum to nothing in every group, ignore what is added to all rewards, and leave flat groups alone. */
class AdvantagesTest {
    @Test
    void equalThoseOfTrl() {
        try (SafetensorsFile golden = SafetensorsFile.open(Fixtures.golden("grpo/cases.safetensors"))) {
            double[] rewards = widen(golden.floats("rewards"));
            double[] expected = widen(golden.floats("advantages"));
            assertThat(Advantages.of(rewards, 4, ScaleRewards.GROUP).values()).containsExactly(expected, within(1e-5));
        }
    }

    @Property(tries = 100)
    void sumToNothingAndIgnoreAShift(
            @ForAll @IntRange(min = 2, max = 8) int groupSize,
            @ForAll @DoubleRange(min = -3, max = 3) double shift,
            @ForAll ScaleRewards scale,
            @ForAll long seed) {
        double[] rewards = new SplittableRandom(seed).doubles(5L * groupSize).toArray();
        double[] shifted = rewards.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += shift;
        }
        double[] values = Advantages.of(rewards, groupSize, scale).values();
        assertThat(Advantages.of(shifted, groupSize, scale).values()).containsExactly(values, within(1e-6));
        for (int group = 0; group < 5; group++) {
            double sum = 0;
            for (int i = 0; i < groupSize; i++) {
                sum += values[group * groupSize + i];
            }
            assertThat(sum).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void groupScaleMakesDifferentSpreadsAlikeAndTheOthersDoNot() {
        double[] rewards = {0, 1, 0, 10};
        double[] group = Advantages.of(rewards, 2, ScaleRewards.GROUP).values();
        assertThat(group[1]).isCloseTo(group[3], within(1e-3));
        double[] batch = Advantages.of(rewards, 2, ScaleRewards.BATCH).values();
        assertThat(batch[3]).isCloseTo(10 * batch[1], within(1e-9));
        assertThat(Advantages.of(rewards, 2, ScaleRewards.NONE).values()).containsExactly(-0.5, 0.5, -5, 5);
    }

    @Test
    void flatGroupsAreCountedAndEarnNothing() {
        double[] rewards = {0.1 + 0.2, 0.3, 0.3, 1, 2, 3};
        Advantages advantages = Advantages.of(rewards, 3, ScaleRewards.GROUP);
        assertThat(advantages.flat()).containsExactly(true, false);
        assertThat(advantages.flatGroups()).isEqualTo(1);
        assertThat(advantages.flatFraction()).isEqualTo(0.5);
        assertThat(advantages.values()).startsWith(0, 0, 0);
    }

    @Test
    void refusesGroupsOfOneAndUnknownScales() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Advantages.of(new double[] {1}, 1, ScaleRewards.GROUP))
                .withMessageContaining("num_generations is 1");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ScaleRewards.parse("groups"))
                .withMessage("scale_rewards is 'groups', expected one of group, batch, none");
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
