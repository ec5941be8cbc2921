package dev.nla.eval.report.suite;

import dev.nla.eval.report.HtmlTable;
import dev.nla.eval.suite.Condition;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.Metric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stages side by side, under each critic: the main metrics of their own words, and the gap of everyone's words. */
final class ScoreSection {
    private static final Map<Metric, String> SHOWN = shown();

    private static final String INTRODUCTION = """
            <p>A description is turned back into a vector by a critic. The <b>gap</b> is how much nearer, by cosine, that vector lies to the
            activation which was described than to the hardest of its neighbours: above zero, the words tell the activation from those most like
            it. Centred means that the mean activation is subtracted first. The critic <i>training</i> gave the rewards, <i>independent</i> never
            did: a lead that only the first one sees is not to be trusted. Brackets hold 95 % bootstrap intervals over documents.</p>
            """;

    private ScoreSection() {}

    private static Map<Metric, String> shown() {
        Map<Metric, String> shown = new LinkedHashMap<>();
        shown.put(Metric.GAP_CENTERED_3, "gap, centred, 3 of 20");
        shown.put(Metric.GAP_CENTERED_20, "gap, centred, all 20");
        shown.put(Metric.GAP_LEGACY_3, "gap, legacy, 3 of 20");
        shown.put(Metric.ACCURACY_CENTERED_3, "accuracy, 3 of 20");
        shown.put(Metric.COSINE_CENTERED, "cosine, centred");
        shown.put(Metric.COSINE_RAW, "cosine, raw");
        shown.put(Metric.TOP_1, "first among all rows");
        shown.put(Metric.RECIPROCAL_RANK, "1 / rank among all rows");
        shown.put(Metric.FORCED_CHOICE_10, "chosen of 10 random rows");
        shown.put(Metric.FVE_NRM, "fve_nrm");
        return shown;
    }

    static String of(List<FinishedSuite> stages) {
        return "<h2>Stages</h2>\n" + INTRODUCTION + metrics(stages)
                + "<h3>The centred gap, 3 of 20, by whose words are scored</h3>\n" + conditions(stages);
    }

    private static String metrics(List<FinishedSuite> stages) {
        HtmlTable table = Column.table(stages);
        SHOWN.forEach((metric, name) -> table.line(
                name,
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
