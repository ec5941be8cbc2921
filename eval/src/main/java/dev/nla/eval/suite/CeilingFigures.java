package dev.nla.eval.suite;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Statistic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gaps of the perfect reconstruction, which gives back the activation itself. They depend on the rows alone. */
final class CeilingFigures {
    /** Whose gaps these are, as a condition. */
    static final String PERFECT = "perfect";

    private CeilingFigures() {}

    static List<Figure> of(EvaluatedRows rows, DocumentDraws draws) {
        Map<String, Statistic> gaps = new LinkedHashMap<>();
        ScoredRows perfect = rows.perfect();
        for (Form form : List.of(Form.CENTERED, Form.LEGACY)) {
            for (NegativeRule rule : NegativeRule.values()) {
                Metric metric = Metrics.gap(form, rule);
                gaps.put(metric.key(), Statistic.mean(perfect.each(metric::compute)));
            }
        }
        return draws.all(gaps).entrySet().stream()
                .map(each -> Figure.of(
                        Figure.Section.CEILING,
                        "",
                        PERFECT,
                        each.getKey(),
                        each.getValue().value(),
                        each.getValue().ci95()))
                .toList();
    }
}
