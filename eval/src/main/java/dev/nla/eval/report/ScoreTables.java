package dev.nla.eval.report;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.report.part.Cell;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The stages side by side, under each critic: the main metrics of their own words, and the gap of everyone's words. */
final class ScoreTables {
    private ScoreTables() {}

    /** A line a metric that any of them has. */
    static Table metrics(List<FinishedSuite> stages, MetricRegistry known) {
        List<Column> columns = Column.of(stages);
        List<Table.Line> lines = known.onPage().stream()
                .filter(metric ->
                        columns.stream().anyMatch(column -> own(column, metric).isPresent()))
                .map(metric -> new Table.Line(
                        metric.label(),
                        metric.meaning(),
                        columns.stream()
                                .map(column -> FigureCell.of(
                                        own(column, metric), metric.unit().signed()))
                                .toList()))
                .toList();
        return new Table(Column.heads(stages), lines);
    }

    private static Optional<Figure> own(Column column, Metric metric) {
        return column.score(Condition.REAL.key(), metric);
    }

    /** A line a condition that any of them has. */
    static Table conditions(List<FinishedSuite> stages) {
        List<Column> columns = Column.of(stages);
        List<Table.Line> lines = Arrays.stream(Condition.values())
                .filter(condition -> columns.stream()
                        .anyMatch(column -> Double.isFinite(column.value(condition, Metrics.GAP_CENTERED_3))))
                .map(condition -> new Table.Line(
                        condition.key(),
                        condition.meaning(),
                        columns.stream().map(column -> gap(column, condition)).toList()))
                .toList();
        return new Table(Column.heads(stages), lines);
    }

    private static Cell gap(Column column, Condition condition) {
        return FigureCell.of(column.score(condition.key(), Metrics.GAP_CENTERED_3), true);
    }
}
