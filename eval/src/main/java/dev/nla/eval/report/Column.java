package dev.nla.eval.report;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.model.stats.Interval;
import java.util.List;
import java.util.Optional;

/**
 * A stage under one of its critics.
 *
 * @param stage what was measured
 * @param critic under which
 */
record Column(FinishedSuite stage, String critic) {
    /** Every stage under every one of its critics, the critics of a stage together. */
    static List<Column> of(List<FinishedSuite> stages) {
        return stages.stream()
                .flatMap(stage -> stage.report().critics().stream().map(critic -> new Column(stage, critic)))
                .toList();
    }

    /** The heads of a table with these columns: the stages above, their critics below. */
    static List<List<Table.Head>> heads(List<FinishedSuite> stages) {
        return List.of(
                stages.stream()
                        .map(stage -> new Table.Head(
                                stage.name(), stage.report().critics().size()))
                        .toList(),
                Table.Head.each(of(stages).stream().map(Column::critic).toList()));
    }

    /** Both names. */
    String title() {
        return stage.name() + ", " + critic;
    }

    /** A score of a condition. */
    Optional<Figure> score(String condition, Metric metric) {
        return stage.report().figure(Figure.Section.SCORES, critic, condition, metric.key());
    }

    /** The same; NaN where there is none. */
    double value(Condition condition, Metric metric) {
        return stage.report().score(critic, condition, metric);
    }

    /** The interval of the verbalizer's own words. */
    Optional<Interval> interval(Metric metric) {
        return stage.report().interval(critic, Condition.REAL, metric);
    }
}
