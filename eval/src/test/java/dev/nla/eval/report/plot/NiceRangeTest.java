package dev.nla.eval.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects axes that can be read: round numbers, a few of them, with every value between the ends. */
class NiceRangeTest {
    @ParameterizedTest
    @CsvSource({
        "0.1583, 0.2878, 0.15, 0.3, 0.05",
        "10, 2000, 0, 2000, 500",
        "-0.37, 0.91, -0.5, 1, 0.5",
        "0, 0, -0.5, 0.5, 0.5",
        "26, 26, 10, 40, 10",
        "-0.15386, -0.15386, -0.25, -0.05, 0.05",
        "0.00001, 0.00004, 0.00001, 0.00004, 0.00001",
    })
    void endsAndStepsAreRound(double least, double most, double low, double high, double step) {
        NiceRange range = NiceRange.of(DoubleStream.of(least, most));
        assertThat(range.low()).isCloseTo(low, within(step * 1e-6));
        assertThat(range.high()).isCloseTo(high, within(step * 1e-6));
        assertThat(range.tick(0)).isEqualTo(range.low());
        assertThat(range.tick(99)).isCloseTo(range.high(), within(step * 1e-6));
    }

    @Property
    void everyValueLiesBetweenAFewTicks(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double other) {
        NiceRange range = NiceRange.of(DoubleStream.of(one, other));
        double slack = 1e-6 * range.step();
        assertThat(Math.min(one, other)).isGreaterThanOrEqualTo(range.low() - slack);
        assertThat(Math.max(one, other)).isLessThanOrEqualTo(range.high() + slack);
        assertThat(range.count()).isBetween(2, 7);
    }

    @ParameterizedTest
    @CsvSource({"1 1 1, 1 1 1", "0 1, 0 0.5556", "3, 3"})
    void smoothingIsTensorBoardsMean(String values, String expected) {
        double[] smooth = Smoothed.of(numbers(values));
        assertThat(smooth).hasSameSizeAs(numbers(expected));
        for (int i = 0; i < smooth.length; i++) {
            assertThat(smooth[i]).isCloseTo(numbers(expected)[i], within(1e-4));
        }
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
