package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The interval is seeded, as wide as theory has it, and covers the true mean as often as it says. */
class BootstrapTest {
    @Test
    void sameSeedSameInterval() {
        double[] values = gaussian(501, 1);
        assertThat(new Bootstrap(1000, 7).interval95(values)).isEqualTo(new Bootstrap(1000, 7).interval95(values));
        assertThat(new Bootstrap(1000, 7).interval95(values)).isNotEqualTo(new Bootstrap(1000, 8).interval95(values));
    }

    @Test
    void isAsWideAsTheStandardErrorSays() {
        Interval interval = new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, 7).interval95(gaussian(2500, 2));
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 / 50, within(0.004));
    }

    @Test
    void coversTheTrueMeanNineteenTimesInTwenty() {
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            covered += new Bootstrap(400, trial)
                            .interval95(gaussian(60, 1000 + trial))
                            .contains(0)
                    ? 1
                    : 0;
        }
        assertThat(covered / 400.0).isBetween(0.90, 0.98);
    }

    @Test
    void equalValuesLeaveNoWidth() {
        assertThat(new Bootstrap(50, 1).interval95(new double[] {0.25, 0.25, 0.25}))
                .isEqualTo(new Interval(0.25, 0.25));
    }

    @Test
    void aRatioOverTextsOfEqualWeightIsTheMean() {
        double[] values = gaussian(2500, 3);
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        Bootstrap bootstrap = new Bootstrap(4000, 5);
        Interval mean = bootstrap.interval95(values);
        Interval ratio = bootstrap.ratioInterval95(values, ones).orElseThrow();
        assertThat(ratio.low()).isCloseTo(mean.low(), within(0.004));
        assertThat(ratio.high()).isCloseTo(mean.high(), within(0.004));
    }

    @Test
    void aRatioWeighsTextsByTheirDenominators() {
        Interval interval = new Bootstrap(200, 1)
                .ratioInterval95(new double[] {1, 0, 50}, new double[] {2, 0, 100})
                .orElseThrow();
        assertThat(interval).isEqualTo(new Interval(0.5, 0.5));
    }

    @Test
    void aRatioOverNothingHasNoInterval() {
        assertThat(new Bootstrap(20, 1).ratioInterval95(new double[] {0, 0}, new double[] {0, 0}))
                .isEmpty();
        assertThat(new Bootstrap(20, 1).ratioInterval95(new double[0], new double[0]))
                .isEmpty();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new Bootstrap(20, 1).ratioInterval95(new double[2], new double[3]))
                .withMessageContaining("2 numerators and 3 denominators");
    }

    private static double[] gaussian(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(n).map(u -> random.nextGaussian()).toArray();
    }
}
