package dev.nla.eval.report;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Bar;
import dev.nla.eval.report.part.BarScale;
import dev.nla.eval.report.part.Cell;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.model.stats.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A bar a stage and critic from the floor of the gap to its ceiling, with the gap, its interval and some controls on it; all on one scale
 * between floor and ceiling.
 *
 * @param top what has the gap at the ceiling
 * @param marks the controls' shapes by their names
 * @param entries one a stage and critic
 */
public record SuiteBars(String top, Map<String, String> marks, List<Entry> entries) {
    private static final Metric GAP = Metrics.GAP_CENTERED_3;

    /** Shapes about the point 0, 0. */
    private static final Map<Condition, String> SHAPES = shapes();

    /**
     * A stage under a critic.
     *
     * @param title both names
     * @param bar empty where nothing is above the floor
     */
    public record Entry(String title, Optional<Bar> bar) {}

    private static Map<Condition, String> shapes() {
        Map<Condition, String> shapes = new LinkedHashMap<>();
        shapes.put(Condition.NEAREST_TRAIN, "M0-6L6 5L-6 5Z");
        shapes.put(Condition.TRUE, "M0-6L6 0L0 6L-6 0Z");
        shapes.put(Condition.PARAPHRASE, "M-5-5L5-5L5 5L-5 5Z");
        return shapes;
    }

    static SuiteBars of(List<FinishedSuite> stages) {
        List<Column> columns = Column.of(stages);
        BarScale scale = BarScale.of(columns.stream().flatMapToDouble(SuiteBars::places));
        List<String> tops = columns.stream()
                .flatMap(column -> GapRange.of(column).stream())
                .map(GapRange::top)
                .distinct()
                .toList();
        Map<String, String> marks = new LinkedHashMap<>();
        SHAPES.forEach((condition, path) -> marks.put(condition.key(), path));
        return new SuiteBars(
                tops.isEmpty() ? "the ceiling" : String.join(" or ", tops),
                marks,
                columns.stream()
                        .map(column -> new Entry(
                                column.title(),
                                GapRange.of(column).map(range -> bar(column, range, scale, tops.size() > 1))))
                        .toList());
    }

    /** Everything that has to fit on the scale. */
    private static DoubleStream places(Column column) {
        DoubleStream.Builder gaps = DoubleStream.builder();
        gaps.add(column.value(Condition.REAL, GAP));
        SHAPES.keySet().forEach(condition -> gaps.add(column.value(condition, GAP)));
        column.interval(GAP).ifPresent(ends -> gaps.add(ends.low()).add(ends.high()));
        return GapRange.of(column)
                .map(range ->
                        DoubleStream.concat(DoubleStream.of(0, 1), gaps.build().map(range::place)))
                .orElseGet(DoubleStream::empty);
    }

    private static Bar bar(Column column, GapRange range, BarScale scale, boolean several) {
        double gap = column.value(Condition.REAL, GAP);
        Optional<Interval> ends = column.interval(GAP);
        return new Bar(
                column.title(),
                several ? "1 is " + range.top() : "",
                label(column, range),
                Optional.empty(),
                scale.span(0, 1),
                ends.map(each -> scale.span(range.place(each.low()), range.place(each.high()))),
                SHAPES.entrySet().stream()
                        .filter(shape -> Double.isFinite(column.value(shape.getKey(), GAP)))
                        .map(shape -> new Bar.Mark(
                                scale.at(range.place(column.value(shape.getKey(), GAP))), shape.getValue()))
                        .toList(),
                scale.at(range.place(gap)),
                Cell.of(Rounded.plain(range.place(gap), 2)).beside(Rounded.signed(gap)));
    }

    private static String label(Column column, GapRange range) {
        StringBuilder label = new StringBuilder("%s: floor %s, gap %s, ceiling %s (%s)"
                .formatted(
                        column.title(),
                        Rounded.signed(range.floor()),
                        Rounded.signed(column.value(Condition.REAL, GAP)),
                        Rounded.signed(range.ceiling()),
                        range.top()));
        SHAPES.keySet()
                .forEach(condition -> label.append(
                        ", %s %s".formatted(condition.key(), Rounded.signed(column.value(condition, GAP)))));
        return label.toString();
    }
}
