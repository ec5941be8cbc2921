package dev.nla.eval.metric;

import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.RowContext;
import dev.nla.model.gap.ScoredRows;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every metric of every row. One that some row has no value of is left out, as those of variance explained are where there is no variance.
 *
 * @param values [N] a metric, in the order of the registry
 * @param ranks median over the row's descriptions of the rank of its own activation among all rows, 1 at best, [N]
 */
public record RowScores(Map<Metric, double[]> values, double[] ranks) {
    /** Keeps the order. */
    public RowScores {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Computes all metrics of rows.
     *
     * @throws InputException where one fails, or a value is infinite
     */
    public static RowScores of(ScoredRows rows, MetricRegistry metrics) {
        Map<Metric, double[]> values = new LinkedHashMap<>();
        for (Metric metric : metrics.all()) {
            double[] each = rows.each(row -> value(metric, row));
            if (Arrays.stream(each).noneMatch(Double::isNaN)) {
                values.put(metric, each);
            }
        }
        double[] medians = Arrays.stream(rows.ranks(Form.CENTERED))
                .mapToDouble(RowScores::median)
                .toArray();
        return new RowScores(values, medians);
    }

    private static double value(Metric metric, RowContext row) {
        double value;
        try {
            value = metric.compute(row);
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw InputException.data(
                    e,
                    "metric %s of %s failed on row %d: %s",
                    metric.key(),
                    metric.getClass().getName(),
                    row.row(),
                    e);
        }
        if (Double.isInfinite(value)) {
            throw InputException.data(
                    "metric %s of %s: %s on row %d, expected a number, or NaN where there is none",
                    metric.key(), metric.getClass().getName(), value, row.row());
        }
        return value;
    }

    /** The values of a metric, [N]; empty where it was left out. */
    public Optional<double[]> of(Metric metric) {
        return Optional.ofNullable(values.get(metric));
    }

    /** The values of a metric that no row goes without, [N]. */
    public double[] required(Metric metric) {
        return of(metric).orElseThrow();
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
