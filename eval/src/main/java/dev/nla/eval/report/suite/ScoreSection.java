package dev.nla.eval.report.suite;

import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.Condition;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.Metric;
import java.util.Arrays;
import java.util.List;

/** The stages side by side, under each critic: the main metrics of their own words, and the gap of everyone's words. */
final class ScoreSection {
    private static final List<Metric> SHOWN = List.of(
            Metric.GAP_CENTERED_3,
            Metric.GAP_CENTERED_20,
            Metric.GAP_LEGACY_3,
            Metric.ACCURACY_CENTERED_3,
            Metric.COSINE_CENTERED,
            Metric.COSINE_RAW,
            Metric.TOP_1,
            Metric.RECIPROCAL_RANK,
            Metric.FORCED_CHOICE_10,
            Metric.FVE_NRM);

    private static final String INTRODUCTION = """
            <p>A description is turned back into a vector by a critic. The <b>gap</b> is how much nearer, by cosine, that vector lies to the
            activation which was described than to the hardest of its neighbours: above zero, the words tell the activation from those most like
            it. Centred means that the mean activation is subtracted first. The critic <i>training</i> gave the rewards, <i>independent</i> never
            did: a lead that only the first one sees is not to be trusted. Brackets hold 95 % bootstrap intervals over documents.</p>
            """;

    private ScoreSection() {}

    static String of(List<FinishedSuite> stages) {
        return "<h2>Stages</h2>\n" + INTRODUCTION + metrics(stages)
                + "<h3>The centred gap, 3 of 20, by whose words are scored</h3>\n" + conditions(stages);
    }

    private static String metrics(List<FinishedSuite> stages) {
        HtmlTable table = Column.table(stages);
        SHOWN.forEach(metric -> table.line(
                metric.label(),
                Column.of(stages).stream()
                        .map(column -> column.score(Condition.REAL.key(), metric))
                        .map(score -> metric.key().startsWith("gap") ? Cell.signed(score) : Cell.plain(score))
                        .toList()));
        return table.html();
    }

    private static String conditions(List<FinishedSuite> stages) {
        List<Column> columns = Column.of(stages);
        HtmlTable table = Column.table(stages);
        Arrays.stream(Condition.values())
                .filter(condition -> columns.stream()
                        .anyMatch(column -> Double.isFinite(column.value(condition, Metric.GAP_CENTERED_3))))
                .forEach(condition -> table.line(
                        condition.key() + ": " + condition.meaning(),
                        columns.stream()
                                .map(column -> Cell.signed(column.score(condition.key(), Metric.GAP_CENTERED_3)))
                                .toList()));
        return table.html();
    }
}
