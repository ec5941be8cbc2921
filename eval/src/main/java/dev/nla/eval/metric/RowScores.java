package dev.nla.eval.metric;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.ScoredRows;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every metric of every row, each a mean over the row's descriptions. A metric that some row has no value of is left out, as those of variance
 * explained are where there is no variance.
 *
 * @param values [N] a metric, in the order of {@link Metrics#ALL}
 * @param ranks median over the row's descriptions of the rank of its own activation among all rows, 1 at best, [N]
 */
public record RowScores(Map<Metric, double[]> values, double[] ranks) {
    /** Keeps the order. */
    public RowScores {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Computes all metrics of rows. */
    public static RowScores of(ScoredRows rows) {
        Map<Metric, double[]> values = new LinkedHashMap<>();
        for (Metric metric : Metrics.ALL) {
            double[] each = rows.each(metric::compute);
            if (Arrays.stream(each).noneMatch(Double::isNaN)) {
                values.put(metric, each);
            }
        }
        double[] medians = Arrays.stream(rows.ranks(Form.CENTERED))
                .mapToDouble(RowScores::median)
                .toArray();
        return new RowScores(values, medians);
    }

    /** The values of a metric, [N]. */
    public double[] of(Metric metric) {
        return values.get(metric);
    }

    /** Middle of the rows' ranks. */
    public double medianRank() {
        return median(ranks);
    }

    private static double median(int[] values) {
        return median(Arrays.stream(values).asDoubleStream().toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
