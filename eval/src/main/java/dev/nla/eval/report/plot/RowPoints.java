package dev.nla.eval.report.plot;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * All rows of a stage under a critic as points.
 *
 * @param title of which stage and critic
 * @param c cosines with the own activation, [N]
 * @param n the largest with one of the negatives, [N]
 */
public record RowPoints(String title, double[] c, double[] n) {
    /** The points of cosines and gaps, c - n. */
    public static RowPoints of(String title, double[] c, double[] gaps) {
        double[] n = new double[c.length];
        Arrays.setAll(n, row -> c[row] - gaps[row]);
        return new RowPoints(title, c, n);
    }

    int count() {
        return c.length;
    }

    /** In how many rows the own activation wins. */
    long won() {
        return IntStream.range(0, c.length).filter(row -> c[row] > n[row]).count();
    }

    /** Some of them, evenly spaced. */
    RowPoints atMost(int most) {
        int count = Math.min(most, c.length);
        int[] rows = IntStream.range(0, count)
                .map(i -> (int) ((long) i * c.length / count))
                .toArray();
        return new RowPoints(
                title,
                Arrays.stream(rows).mapToDouble(row -> c[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> n[row]).toArray());
    }
}
