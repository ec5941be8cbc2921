package dev.nla.eval.gap;

import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a verbalizer would get that imitates the rows' own descriptions perfectly. */
final class TrueDescriptions {
    private TrueDescriptions() {}

    /**
     * The control as a report shows it.
     *
     * @param gaps of the rows' own descriptions
     * @param truth of the rows' own descriptions, by measure
     */
    static Map<String, Object> control(
            Map<Form, Map<NegativeRule, GapResult>> gaps, Map<TruthMeasure, TruthReport> truth) {
        Map<String, Object> control = new LinkedHashMap<>();
        gaps.forEach((form, ofForm) -> {
            Map<String, Object> rules = new LinkedHashMap<>();
            ofForm.forEach((rule, result) -> rules.put(rule.key(), values(result)));
            control.put(form.key(), rules);
        });
        truth.forEach((measure, found) -> control.put(measure.key("truth"), values(found)));
        return control;
    }

    private static Map<String, Object> values(GapResult result) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("correct_cos", result.correctCos());
        values.put("gap", result.gap());
        values.put("ci95_low", result.ci95().low());
        values.put("ci95_high", result.ci95().high());
        values.put("accuracy", result.accuracy());
        return values;
    }

    private static Map<String, Object> values(TruthReport truth) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("recall", truth.recall().value());
        values.put("precision", truth.precision().value());
        values.put("invention", truth.invention().value());
        return values;
    }
}
