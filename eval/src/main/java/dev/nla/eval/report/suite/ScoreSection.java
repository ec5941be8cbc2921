package dev.nla.eval.report.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The stages side by side, under each critic: the main metrics of their own words, and the gap of everyone's words. */
final class ScoreSection {
    private static final String INTRODUCTION = """
            <p>A description is turned back into a vector by a critic. The <b>gap</b> is how much nearer, by cosine, that vector lies to the
            activation which was described than to the hardest of its neighbours: above zero, the words tell the activation from those most like
            it. Centred means that the mean activation is subtracted first. The critic <i>training</i> gave the rewards, <i>independent</i> never
            did: a lead that only the first one sees is not to be trusted. Brackets hold 95 % bootstrap intervals over documents.</p>
            """;

    private ScoreSection() {}

    static String of(List<FinishedSuite> stages, MetricRegistry metrics) {
        return "<h2>Stages</h2>\n" + INTRODUCTION + metrics(stages, metrics)
                + "<h3>The centred gap, 3 of 20, by whose words are scored</h3>\n" + conditions(stages);
    }

    private static String metrics(List<FinishedSuite> stages, MetricRegistry known) {
        HtmlTable table = Column.table(stages);
        for (Metric metric : known.onPage()) {
            List<Optional<Figure>> scores = Column.of(stages).stream()
                    .map(column -> column.score(Condition.REAL.key(), metric))
                    .toList();
            if (scores.stream().anyMatch(Optional::isPresent)) {
                table.line(
                        metric.label(),
                        scores.stream()
                                .map(score -> metric.unit().signed() ? Cell.signed(score) : Cell.plain(score))
                                .toList());
            }
        }
        return table.html();
    }

    private static String conditions(List<FinishedSuite> stages) {
        List<Column> columns = Column.of(stages);
        HtmlTable table = Column.table(stages);
        Arrays.stream(Condition.values())
                .filter(condition -> columns.stream()
                        .anyMatch(column -> Double.isFinite(column.value(condition, Metrics.GAP_CENTERED_3))))
                .forEach(condition -> table.line(
                        condition.key() + ": " + condition.meaning(),
                        columns.stream()
                                .map(column -> Cell.signed(column.score(condition.key(), Metrics.GAP_CENTERED_3)))
                                .toList()));
        return table.html();
    }
}
