package dev.nla.eval.metric;

import dev.nla.model.gap.RowContext;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Something that is measured of a row's descriptions under a critic. A figure is the mean over rows.
 *
 * @param key the name in files
 * @param label the name in tables for reading
 * @param unit of its values
 * @param better which of two values is the better one
 * @param meaning what it says, for the reference
 * @param blind what blind choice gets among so many rows; empty where nothing is chosen
 * @param computation its value for a row
 */
public record Metric(
        String key,
        String label,
        Unit unit,
        Better better,
        String meaning,
        IntFunction<Optional<Double>> blind,
        ToDoubleFunction<RowContext> computation) {
    /** One of which larger values are better, and in which nothing is chosen. */
    Metric(String key, String label, Unit unit, String meaning, ToDoubleFunction<RowContext> computation) {
        this(key, label, unit, Better.LARGER, meaning, rows -> Optional.empty(), computation);
    }

    /** The same for a choice, of which blind choice gets this. */
    Metric besideChance(IntFunction<Double> chance) {
        return new Metric(key, label, unit, better, meaning, rows -> Optional.of(chance.apply(rows)), computation);
    }

    /** Its value for a row; NaN where it has none. */
    public double compute(RowContext row) {
        return computation.applyAsDouble(row);
    }

    /**
     * What blind choice gets.
     *
     * @param rows how many rows are ranked among each other
     * @return empty where nothing is chosen
     */
    public Optional<Double> chance(int rows) {
        return blind.apply(rows);
    }

    @Override
    public String toString() {
        return key;
    }
}
