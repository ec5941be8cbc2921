package dev.nla.eval.report;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.suite.Figure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a gap is measured on: 0 is that of descriptions given to other rows, 1 that of the perfect reconstruction or, where it was not
 * measured, that of the best condition.
 *
 * @param floor the gap at 0
 * @param ceiling the gap at 1, above the floor
 * @param top what has the gap at 1
 */
record GapRange(double floor, double ceiling, String top) {
    private static final Metric GAP = Metrics.GAP_CENTERED_3;

    /** The range of a stage under a critic; empty where nothing is above the floor. */
    static Optional<GapRange> of(Column column) {
        double floor = column.value(Condition.SHUFFLED, GAP);
        Optional<Figure> perfect = column.stage().report().ceiling(GAP);
        Condition best = Arrays.stream(Condition.values())
                .filter(condition -> Double.isFinite(column.value(condition, GAP)))
                .max(Comparator.comparingDouble(condition -> column.value(condition, GAP)))
                .orElse(Condition.REAL);
        double ceiling = perfect.map(Figure::value).orElse(column.value(best, GAP));
        String top = perfect.isPresent() ? "the perfect reconstruction" : best.key();
        return ceiling > floor ? Optional.of(new GapRange(floor, ceiling, top)) : Optional.empty();
    }

    /** The place of a gap: 0 at the floor, 1 at the ceiling, outside of both where it is outside of both. */
    double place(double gap) {
        return (gap - floor) / (ceiling - floor);
    }
}
