package dev.nla.eval.render;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.SuiteReport;
import dev.nla.model.stats.Interval;
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

    /** Conditions under a critic, the metrics that tables show beside each other; one that the suite has not is no column. */
    public static Table scores(SuiteReport report, String critic, MetricRegistry metrics) {
        Table table = Table.create("", StringColumn.create("description", conditions(report, critic)));
        metrics.inTables().stream()
                .filter(metric -> has(report, critic, metric))
                .forEach(metric -> {
                    boolean main = metric == Metrics.GAP_CENTERED_3 || metric == Metrics.GAP_LEGACY_3;
                    table.addColumns(column(
                            report,
                            metric.label(),
                            conditions(report, critic),
                            c -> report.figure(Figure.Section.SCORES, critic, c, metric.key()),
                            figure -> score(figure, metric, main)));
                });
        table.addColumns(column(
                report,
                "median rank",
                conditions(report, critic),
                c -> report.figure(Figure.Section.SCORES, critic, c, "retrieval_median_rank"),
                figure -> Rounded.plain(figure.value(), 3)));
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
                .forEach(metric -> table.addColumns(column(
                        report,
                        metric,
                        conditions,
                        c -> report.figure(section, critic, c, metric),
                        SuiteTables::cell)));
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
            Function<Figure, String> cell) {
        Stream<String> cells =
                conditions.stream().map(c -> figure.apply(c).map(cell).orElse(""));
        return StringColumn.create(name, cells.toList());
    }

    private static boolean has(SuiteReport report, String critic, Metric metric) {
        return report.figures().stream()
                .anyMatch(figure -> figure.section() == Figure.Section.SCORES
                        && figure.critic().equals(critic)
                        && figure.metric().equals(metric.key()));
    }

    private static String score(Figure figure, Metric metric, boolean withInterval) {
        String interval = withInterval
                ? figure.ci95()
                        .map(ends -> " " + Rounded.of(ends, metric.unit()))
                        .orElse("")
                : "";
        return Rounded.of(figure.value(), metric.unit()) + interval;
    }

    private static String cell(Figure figure) {
        boolean plain = figure.section() == Figure.Section.TEXT || figure.section() == Figure.Section.TRUTH;
        String value = plain ? Rounded.plain(figure.value(), 3) : Rounded.signed(figure.value());
        String interval = figure.ci95()
                .map(ends -> " " + (plain ? Rounded.plain(ends, 3) : Rounded.signed(ends)))
                .orElse("");
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
