package dev.nla.eval.render;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metrics;
import dev.nla.model.stats.Interval;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.SuiteReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of a {@link SuiteReport}: one with a line for every figure, and some for reading. */
public final class SuiteTables {
    private SuiteTables() {}

    /** One line a figure: section, critic, condition, metric, value, both ends of its interval, chance, p-value. */
    public static Table figures(SuiteReport report) {
        return Table.create(
                "",
                text(report, "section", figure -> figure.section().key()),
                text(report, "critic", Figure::critic),
                text(report, "condition", Figure::condition),
                text(report, "metric", Figure::metric),
                numbers(report, "value", figure -> OptionalDouble.of(figure.value())),
                numbers(report, "ci95_low", figure -> end(figure, Interval::low)),
                numbers(report, "ci95_high", figure -> end(figure, Interval::high)),
                numbers(report, "chance", Figure::chance),
                numbers(report, "p_holm", Figure::adjustedP));
    }

    /** Conditions under a critic, the main metrics beside each other. */
    public static Table scores(SuiteReport report, String critic) {
        Table table = Table.create("", StringColumn.create("description", conditions(report, critic)));
        Metrics.IN_TABLES.forEach(metric -> {
            boolean main = metric == Metrics.GAP_CENTERED_3 || metric == Metrics.GAP_LEGACY_3;
            table.addColumns(column(
                    report,
                    metric.label(),
                    conditions(report, critic),
                    c -> report.figure(Figure.Section.SCORES, critic, c, metric.key()),
                    main));
        });
        table.addColumns(column(
                report,
                "median rank",
                conditions(report, critic),
                c -> report.figure(Figure.Section.SCORES, critic, c, "retrieval_median_rank"),
                false));
        return table;
    }

    /** A section that has metrics as columns and conditions as lines, under a critic or none. */
    public static Table section(SuiteReport report, Figure.Section section, String critic, String first) {
        List<Figure> figures = report.figures().stream()
                .filter(f -> f.section() == section && f.critic().equals(critic))
                .toList();
        List<String> conditions =
                figures.stream().map(Figure::condition).distinct().toList();
        Table table = Table.create("", StringColumn.create(first, conditions));
        figures.stream()
                .map(Figure::metric)
                .distinct()
                .forEach(metric -> table.addColumns(
                        column(report, metric, conditions, c -> report.figure(section, critic, c, metric), true)));
        return table;
    }

    private static List<String> conditions(SuiteReport report, String critic) {
        return Arrays.stream(Condition.values())
                .map(Condition::key)
                .filter(c -> report.figure(Figure.Section.SCORES, critic, c, Metrics.GAP_CENTERED_3.key())
                        .isPresent())
                .toList();
    }

    private static StringColumn column(
            SuiteReport report,
            String name,
            List<String> conditions,
            Function<String, Optional<Figure>> figure,
            boolean withInterval) {
        Stream<String> cells = conditions.stream()
                .map(c ->
                        figure.apply(c).map(found -> cell(found, withInterval)).orElse(""));
        return StringColumn.create(name, cells.toList());
    }

    private static String cell(Figure figure, boolean withInterval) {
        boolean signed = figure.section() != Figure.Section.SCORES
                || Metrics.of(figure.metric())
                        .filter(metric -> metric.unit().signed())
                        .isPresent();
        boolean text = figure.section() == Figure.Section.TEXT || figure.section() == Figure.Section.TRUTH;
        String value = signed && !text ? Rounded.signed(figure.value()) : Rounded.plain(figure.value(), 3);
        String interval = withInterval
                ? figure.ci95()
                        .map(ends -> " " + (signed && !text ? Rounded.signed(ends) : Rounded.plain(ends, 3)))
                        .orElse("")
                : "";
        String p = figure.adjustedP().isPresent()
                ? String.format(Locale.ROOT, ", p %.4f", figure.adjustedP().getAsDouble())
                : "";
        return value + interval + p;
    }

    private static OptionalDouble end(Figure figure, Function<Interval, Double> which) {
        return figure.ci95().map(which).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static StringColumn text(SuiteReport report, String name, Function<Figure, String> value) {
        return StringColumn.create(name, report.figures().stream().map(value).toList());
    }

    private static DoubleColumn numbers(SuiteReport report, String name, Function<Figure, OptionalDouble> value) {
        DoubleColumn column = DoubleColumn.create(name);
        for (Figure figure : report.figures()) {
            OptionalDouble number = value.apply(figure);
            if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
                column.append(number.getAsDouble());
            } else {
                column.appendMissing();
            }
        }
        return column;
    }
}
