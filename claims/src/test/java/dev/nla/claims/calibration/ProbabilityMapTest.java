package dev.nla.claims.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects what scores are said to mean: the best curve that never falls, and nothing outside 0 and 1. */
class ProbabilityMapTest {
    /** The expected values are what pooling by hand gives: (1, 0) and (1, 0, 0) are out of order, so that pools lie at 0.5, 4 and 7. */
    @Test
    void neighboursOutOfOrderArePooled() {
        ProbabilityMap.Isotonic map = ProbabilityMap.Isotonic.fit(
                new double[] {5, 1, 2, 3, 4, 6, 7, 0},
                new boolean[] {false, false, true, false, true, false, true, false});
        assertThat(map.of(0)).isZero();
        assertThat(map.of(0.5)).isZero();
        assertThat(map.of(4)).isEqualTo(0.4);
        assertThat(map.of(2.25)).isCloseTo(0.2, within(1e-15));
        assertThat(map.of(5.5)).isCloseTo(0.7, within(1e-15));
        assertThat(map.of(7)).isEqualTo(1);
        assertThat(map.of(-9)).isZero();
        assertThat(map.of(9)).isEqualTo(1);
    }

    @Test
    void equalScoresMeanTheSame() {
        ProbabilityMap.Isotonic map =
                ProbabilityMap.Isotonic.fit(new double[] {1, 1, 1, 1}, new boolean[] {true, false, true, true});
        assertThat(map.of(1)).isEqualTo(0.75);
        assertThat(map.of(-1)).isEqualTo(0.75);
    }

    /** Levels are shares of pools, so that no score is called likelier than the best or less likely than the worst of them. */
    @Property(tries = 200)
    void theCurveNeverFallsAndIsNearTheMean(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -40, max = 40) Double> drawn, @ForAll long seed) {
        double[] scores = drawn.stream().mapToDouble(Double::doubleValue).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] labels = new boolean[scores.length];
        double right = 0;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-scores[i]));
            right += labels[i] ? 1 : 0;
        }
        ProbabilityMap.Isotonic map = ProbabilityMap.Isotonic.fit(scores, labels);
        double[] fitted = Arrays.stream(scores).sorted().map(map::of).toArray();
        for (int i = 1; i < fitted.length; i++) {
            assertThat(fitted[i]).isGreaterThanOrEqualTo(fitted[i - 1]);
        }
        assertThat(map.probabilities()[0]).isLessThanOrEqualTo(right / labels.length + 1e-12);
        assertThat(map.probabilities()[map.probabilities().length - 1])
                .isGreaterThanOrEqualTo(right / labels.length - 1e-12);
    }

    @Test
    void curvesThatFallAreRefused() {
        assertThatThrownBy(() -> new ProbabilityMap.Isotonic(new double[] {0, 1}, new double[] {0.5, 0.4}))
                .hasMessageContaining("corner 1");
        assertThatThrownBy(() -> new ProbabilityMap.Isotonic(new double[] {0}, new double[] {Double.NaN}))
                .hasMessageContaining("corner 0");
        assertThatThrownBy(() -> new ProbabilityMap.Platt(-1, 0)).hasMessageContaining("slope -1");
    }

    @Test
    void plattsCurveIsLogistic() {
        ProbabilityMap map = new ProbabilityMap.Platt(2, -1);
        assertThat(map.of(0.5)).isEqualTo(0.5);
        assertThat(map.of(1)).isCloseTo(0.7310585786300049, within(1e-15));
    }
}
