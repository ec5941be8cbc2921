package dev.nla.eval.report.suite;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.Escaped;
import dev.nla.eval.suite.Condition;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.Metric;
import dev.nla.model.gap.Interval;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A bar a stage and critic from the floor of the gap to its ceiling, with the gap, its interval and some controls on it. */
final class RangeBars {
    private static final Metric GAP = Metric.GAP_CENTERED_3;

    /** Shapes about the point 0, 0. */
    private static final Map<Condition, String> MARKS = marks();

    private static final String EXPLANATION = """
            <p>0 is the gap of descriptions given to other rows, 1 that of %s. The disc is the verbalizer with its interval; %s. Right of the
            bar stand the place on it and the gap itself.</p>
            """;

    private RangeBars() {}

    private static Map<Condition, String> marks() {
        Map<Condition, String> marks = new LinkedHashMap<>();
        marks.put(Condition.NEAREST_TRAIN, "M0-6L6 5L-6 5Z");
        marks.put(Condition.TRUE, "M0-6L6 0L0 6L-6 0Z");
        marks.put(Condition.PARAPHRASE, "M-5-5L5-5L5 5L-5 5Z");
        return marks;
    }

    static String of(List<FinishedSuite> stages) {
        List<Column> columns = Column.of(stages);
        DoubleSummaryStatistics scale =
                columns.stream().flatMapToDouble(RangeBars::places).summaryStatistics();
        String tops = columns.stream()
                .flatMap(column -> GapRange.of(column).stream())
                .map(GapRange::top)
                .distinct()
                .collect(Collectors.joining(" or "));
        return "<h3>The centred gap, 3 of 20, between floor and ceiling</h3>\n"
                + EXPLANATION.formatted(tops.isEmpty() ? "the ceiling" : Escaped.of(tops), legend())
                + columns.stream()
                        .map(column -> GapRange.of(column)
                                .map(range -> bar(column, range, scale))
                                .orElseGet(() ->
                                        "<p>" + Escaped.of(column.title()) + ": nothing is above the floor.</p>\n"))
                        .collect(Collectors.joining());
    }

    private static String legend() {
        return MARKS.entrySet().stream()
                .map(mark ->
                        "<svg class=\"key\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\"><path class=\"control\" d=\""
                                + mark.getValue() + "\"/></svg> "
                                + mark.getKey().key())
                .collect(Collectors.joining(", "));
    }

    /** Everything that has to fit on the scale. */
    private static DoubleStream places(Column column) {
        Optional<GapRange> range = GapRange.of(column);
        Optional<Interval> ends = column.stage().report().interval(column.critic(), Condition.REAL, GAP);
        return range.stream()
                .flatMapToDouble(on -> DoubleStream.concat(
                        DoubleStream.of(0, 1),
                        DoubleStream.concat(
                                        ends.stream().flatMapToDouble(of -> DoubleStream.of(of.low(), of.high())),
                                        Stream.concat(Stream.of(Condition.REAL), MARKS.keySet().stream())
                                                .mapToDouble(condition -> column.value(condition, GAP)))
                                .map(on::place)))
                .filter(Double::isFinite);
    }

    private static String bar(Column column, GapRange range, DoubleSummaryStatistics scale) {
        double gap = column.value(Condition.REAL, GAP);
        String label = "%s: floor %s, gap %s, ceiling %s (%s)%s"
                .formatted(
                        column.title(),
                        Rounded.signed(range.floor()),
                        Rounded.signed(gap),
                        Rounded.signed(range.ceiling()),
                        range.top(),
                        MARKS.keySet().stream()
                                .filter(condition -> Double.isFinite(column.value(condition, GAP)))
                                .map(condition ->
                                        ", " + condition.key() + " " + Rounded.signed(column.value(condition, GAP)))
                                .collect(Collectors.joining()));
        return """
                <div class="bar"><span>%1$s</span>
                <svg role="img" aria-label="%2$s"><title>%2$s</title>
                <line class="range" x1="%3$s" x2="%4$s" y1="14" y2="14"/>
                <line class="end" x1="%3$s" x2="%3$s" y1="7" y2="21"/>
                <line class="end" x1="%4$s" x2="%4$s" y1="7" y2="21"/>
                %5$s</svg>
                <span>%6$s<small>%7$s</small></span></div>
                """.formatted(
                        Escaped.of(column.title()),
                        Escaped.of(label),
                        at(0, scale),
                        at(1, scale),
                        onBar(column, range, scale),
                        Rounded.plain(range.place(gap), 2),
                        Rounded.signed(gap));
    }

    private static String onBar(Column column, GapRange range, DoubleSummaryStatistics scale) {
        StringBuilder shapes = new StringBuilder();
        column.stage()
                .report()
                .interval(column.critic(), Condition.REAL, GAP)
                .ifPresent(ends -> shapes.append("<line class=\"interval\" x1=\"%s\" x2=\"%s\" y1=\"14\" y2=\"14\"/>\n"
                        .formatted(at(range.place(ends.low()), scale), at(range.place(ends.high()), scale))));
        MARKS.forEach((condition, shape) -> {
            double gap = column.value(condition, GAP);
            if (Double.isFinite(gap)) {
                shapes.append("<svg class=\"mark\" x=\"%s\" y=\"14\"><path class=\"control\" d=\"%s\"/></svg>\n"
                        .formatted(at(range.place(gap), scale), shape));
            }
        });
        double gap = column.value(Condition.REAL, GAP);
        if (Double.isFinite(gap)) {
            shapes.append(
                    "<circle class=\"gap\" cx=\"%s\" cy=\"14\" r=\"5\"/>\n".formatted(at(range.place(gap), scale)));
        }
        return shapes.toString();
    }

    /** A place on the scale in percent, with a little room at both ends. */
    private static String at(double place, DoubleSummaryStatistics scale) {
        double width = scale.getMax() - scale.getMin();
        return String.format(Locale.ROOT, "%.2f%%", 2 + 96 * (place - scale.getMin()) / width);
    }
}
