package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    private static double[] gaussian(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(n).map(u -> random.nextGaussian()).toArray();
    }
}
