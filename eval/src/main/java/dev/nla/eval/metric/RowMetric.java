package dev.nla.eval.metric;

import dev.nla.model.gap.RowContext;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * A metric as its parts.
 *
 * @param key the name in files
 * @param label the name in tables for reading
 * @param unit of its values
 * @param better which of two values is the better one
 * @param meaning what it says, for the reference
 * @param blind what blind choice gets among so many rows; empty where nothing is chosen
 * @param computation its value for a row
 */
record RowMetric(
        String key,
        String label,
        Unit unit,
        Better better,
        String meaning,
        IntFunction<Optional<Double>> blind,
        ToDoubleFunction<RowContext> computation)
        implements Metric {
    /** One of which larger values are better, and in which nothing is chosen. */
    RowMetric(String key, String label, Unit unit, String meaning, ToDoubleFunction<RowContext> computation) {
        this(key, label, unit, Better.LARGER, meaning, rows -> Optional.empty(), computation);
    }

    /** The same for a choice, of which blind choice gets this. */
    RowMetric besideChance(IntFunction<Double> chance) {
        return new RowMetric(key, label, unit, better, meaning, rows -> Optional.of(chance.apply(rows)), computation);
    }

    @Override
    public double compute(RowContext row) {
        return computation.applyAsDouble(row);
    }

    @Override
    public Optional<Double> chance(int rows) {
        return blind.apply(rows);
    }

    @Override
    public String toString() {
        return key;
    }
}
