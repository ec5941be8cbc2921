package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Protects the mean that is subtracted: no few long rows carry it, and without them it is the plain mean to the last bit. */
class CenteringMeanTest {
    private static float[][] rows(int count, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[count][8];
        for (float[] row : rows) {
            row[0] = 5;
            for (int k = 0; k < row.length; k++) {
                row[k] += (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static CenteringMean of(float[][] rows) {
        return CenteringMean.of(rows.length, i -> rows[i]);
    }

    @Property(tries = 50)
    void ofLikeRowsItIsThePlainMeanBitForBit(@ForAll @IntRange(min = 1, max = 200) int count, @ForAll long seed) {
        float[][] rows = rows(count, seed);
        double[] sums = new double[8];
        for (float[] row : rows) {
            for (int k = 0; k < 8; k++) {
                sums[k] += row[k];
            }
        }
        CenteringMean mean = of(rows);
        assertThat(mean.leftOut()).isZero();
        for (int k = 0; k < 8; k++) {
            assertThat(Float.floatToRawIntBits(mean.vector()[k]))
                    .isEqualTo(Float.floatToRawIntBits((float) (sums[k] / count)));
        }
    }

    @Test
    void rowsThatAreFarLongerHaveNoShareInIt() {
        float[][] rows = rows(104, 3);
        float[][] ordinary = java.util.Arrays.copyOf(rows, 100);
        for (int i = 100; i < 104; i++) {
            rows[i] = new float[] {0, 0, 900, 0, 0, 0, 0, 1};
        }
        CenteringMean mean = of(rows);
        assertThat(mean.vector()).isEqualTo(of(ordinary).vector());
        assertThat(mean.leftOut()).isEqualTo(4);
        assertThat(mean.largestNorm()).isCloseTo(900, within(0.01));
        assertThat(mean.farRows().orElseThrow())
                .startsWith("4 of 104 rows have more than 10 times the median norm (up to 900")
                .contains("--skip-first");
        assertThat(mean.fewRows()).isEmpty();
    }

    @Test
    void tenTimesTheMedianIsStillInIt() {
        float[][] rows = {{1, 0}, {0, 1}, {1, 0}, {0, 1}, {10, 0}};
        assertThat(of(rows).leftOut()).isZero();
        rows[4][0] = 10.01f;
        assertThat(of(rows).leftOut()).isEqualTo(1);
    }

    @Test
    void zeroVectorsDoNotMakeEveryOtherOneFar() {
        float[][] rows = {{0, 0}, {0, 0}, {0, 0}, {3, 4}};
        assertThat(of(rows).leftOut()).isZero();
        assertThat(of(rows).vector()).containsExactly(0.75f, 1f);
    }

    @Test
    void fewRowsAndRowsThatAFewOutweighAreTold() {
        assertThat(of(rows(30, 1)).fewRows()).as("lengths differ a little").isPresent();
        assertThat(of(rows(40, 1)).warnings()).isEmpty();
        assertThat(of(rows(5, 1)).fewRows().orElseThrow()).contains("few rows (5,", "30 or more");
        float[][] outweighed = rows(200, 1);
        for (int i = 0; i < 3; i++) {
            outweighed[i] = new float[] {0, 50, 0, 0, 0, 0, 0, 0};
        }
        CenteringMean mean = of(outweighed);
        assertThat(mean.leftOut()).isZero();
        assertThat(mean.effectiveRows()).isBetween(100.0, 150.0);
    }

    @Test
    void noRowsHaveNoMean() {
        assertThatThrownBy(() -> of(new float[0][])).isInstanceOf(IllegalArgumentException.class);
    }
}
