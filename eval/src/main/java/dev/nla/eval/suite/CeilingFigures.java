package dev.nla.eval.suite;

import dev.nla.eval.stats.DocumentDraws;
import dev.nla.eval.stats.Statistic;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.NegativeRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gaps of the perfect reconstruction, which gives back the activation itself. They depend on the rows alone. */
final class CeilingFigures {
    /** Whose gaps these are, as a condition. */
    static final String PERFECT = "perfect";

    private CeilingFigures() {}

    static List<Figure> of(SuiteRows rows, DocumentDraws draws) {
        Map<String, Statistic> gaps = new LinkedHashMap<>();
        for (Form form : List.of(Form.CENTERED, Form.LEGACY)) {
            for (NegativeRule rule : NegativeRule.values()) {
                gaps.put(Metric.gap(form, rule).key(), gap(rows, form, rule));
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

    private static Statistic gap(SuiteRows rows, Form form, NegativeRule rule) {
        GapInputs perfect = rows.perfect();
        return Statistic.mean(
                GapScores.of(perfect, form, rows.negatives().get(form).of(rule)).gaps());
    }
}
