package dev.nla.eval.report.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.BarScale;
import dev.nla.eval.report.Escaped;
import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.FinishedSuite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A bar a stage and critic from the floor of the gap to its ceiling, with the gap, its interval and some controls on it. */
final class RangeBars {
    private static final Metric GAP = Metrics.GAP_CENTERED_3;

    /** Shapes about the point 0, 0. */
    private static final Map<Condition, String> MARKS = marks();

    private static final String EXPLANATION = """
            <h3>The centred gap, 3 of 20, between floor and ceiling</h3>
            <p>0 is the gap of descriptions given to other rows, 1 that of %s. The disc is the verbalizer with its interval; %s. Right of the
            bar stand the place on it and the gap itself.</p>
            """;

    private final List<Column> columns;
    private final BarScale scale;
    private final List<String> tops;

    private RangeBars(List<Column> columns) {
        this.columns = columns;
        this.scale = BarScale.of(columns.stream().flatMapToDouble(RangeBars::places));
        this.tops = columns.stream()
                .flatMap(column -> GapRange.of(column).stream())
                .map(GapRange::top)
                .distinct()
                .toList();
    }

    static String of(List<FinishedSuite> stages) {
        return new RangeBars(Column.of(stages)).html();
    }

    private static Map<Condition, String> marks() {
        Map<Condition, String> marks = new LinkedHashMap<>();
        marks.put(Condition.NEAREST_TRAIN, "M0-6L6 5L-6 5Z");
        marks.put(Condition.TRUE, "M0-6L6 0L0 6L-6 0Z");
        marks.put(Condition.PARAPHRASE, "M-5-5L5-5L5 5L-5 5Z");
        return marks;
    }

    private String html() {
        String top = tops.isEmpty() ? "the ceiling" : String.join(" or ", tops);
        return EXPLANATION.formatted(Escaped.of(top), legend())
                + columns.stream()
                        .map(column -> GapRange.of(column)
                                .map(range -> bar(column, range))
                                .orElseGet(() ->
                                        "<p>" + Escaped.of(column.title()) + ": nothing is above the floor.</p>\n"))
                        .collect(Collectors.joining());
    }

    private static String legend() {
        return MARKS.entrySet().stream()
                .map(mark -> "<svg class=\"key\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\">"
                        + "<path class=\"control\" d=\"%s\"/></svg> %s"
                                .formatted(mark.getValue(), mark.getKey().key()))
                .collect(Collectors.joining(", "));
    }

    /** Everything that has to fit on the scale. */
    private static DoubleStream places(Column column) {
        DoubleStream.Builder gaps = DoubleStream.builder();
        gaps.add(column.value(Condition.REAL, GAP));
        MARKS.keySet().forEach(condition -> gaps.add(column.value(condition, GAP)));
        column.interval(GAP).ifPresent(ends -> gaps.add(ends.low()).add(ends.high()));
        return GapRange.of(column)
                .map(range ->
                        DoubleStream.concat(DoubleStream.of(0, 1), gaps.build().map(range::place)))
                .orElseGet(DoubleStream::empty);
    }

    private String bar(Column column, GapRange range) {
        double gap = column.value(Condition.REAL, GAP);
        return """
                <div class="bar"><span>%1$s%2$s</span>
                <svg role="img" aria-label="%3$s"><title>%3$s</title>
                <line class="range" x1="%4$s" x2="%5$s" y1="14" y2="14"/>
                <line class="end" x1="%4$s" x2="%4$s" y1="7" y2="21"/>
                <line class="end" x1="%5$s" x2="%5$s" y1="7" y2="21"/>
                %6$s</svg>
                <span>%7$s%8$s</span></div>
                """.formatted(
                        Escaped.of(column.title()),
                        tops.size() > 1 ? HtmlTable.small("1 is " + range.top()) : "",
                        Escaped.of(label(column, range)),
                        scale.at(0),
                        scale.at(1),
                        shapes(column, range),
                        Rounded.plain(range.place(gap), 2),
                        HtmlTable.small(Rounded.signed(gap)));
    }

    private static String label(Column column, GapRange range) {
        StringBuilder label = new StringBuilder("%s: floor %s, gap %s, ceiling %s (%s)"
                .formatted(
                        column.title(),
                        Rounded.signed(range.floor()),
                        Rounded.signed(column.value(Condition.REAL, GAP)),
                        Rounded.signed(range.ceiling()),
                        range.top()));
        MARKS.keySet()
                .forEach(condition -> label.append(
                        ", %s %s".formatted(condition.key(), Rounded.signed(column.value(condition, GAP)))));
        return label.toString();
    }

    private String shapes(Column column, GapRange range) {
        StringBuilder shapes = new StringBuilder();
        column.interval(GAP)
                .ifPresent(ends -> shapes.append("<line class=\"interval\" x1=\"%s\" x2=\"%s\" y1=\"14\" y2=\"14\"/>\n"
                        .formatted(scale.at(range.place(ends.low())), scale.at(range.place(ends.high())))));
        MARKS.forEach((condition, shape) -> {
            double gap = column.value(condition, GAP);
            if (Double.isFinite(gap)) {
                shapes.append("<svg class=\"mark\" x=\"%s\" y=\"14\"><path class=\"control\" d=\"%s\"/></svg>\n"
                        .formatted(scale.at(range.place(gap)), shape));
            }
        });
        return shapes.append("<circle class=\"gap\" cx=\"%s\" cy=\"14\" r=\"5\"/>\n"
                        .formatted(scale.at(range.place(column.value(Condition.REAL, GAP)))))
                .toString();
    }
}
