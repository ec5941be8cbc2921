package dev.nla.eval.gap;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.Retrieval;
import dev.nla.model.gap.ScoredRows;
import java.util.LinkedHashMap;
import java.util.Map;

/** Controls that take nothing but the vectors at hand. */
final class VectorControls {
    /** Products of numbers that ranking every reconstruction among all rows may cost: a few seconds. */
    private static final double MOST_PRODUCTS = 1e10;

    private VectorControls() {}

    /**
     * {@code shuffled}: cosine and accuracy when every row is described by the words of another (their gap, over several such orders,
     * is the floor); {@code mean_guess}: these and the gap when every reconstruction is the mean vector (raw cosine only); {@code retrieval}: the rank of the own activation among all rows, left out
     * where there are too many.
     */
    static Map<String, Object> of(ScoredRows rows, long seed) {
        GapInputs inputs = rows.inputs();
        Map<String, Object> controls = new LinkedHashMap<>();
        ScoredRows shuffled = rows.with(inputs.deranged(~seed));
        Map<String, Object> forms = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            forms.put(form.key(), scores(shuffled, form, false));
        }
        controls.put("shuffled", forms);
        if (hasDirection(inputs.mean())) {
            Map<String, Object> raw = scores(rows.with(inputs.guessingTheMean()), Form.LEGACY, true);
            controls.put("mean_guess", Map.of(Form.LEGACY.key(), raw));
        }
        if ((double) inputs.texts() * inputs.texts() * inputs.samples() * inputs.dimension() <= MOST_PRODUCTS) {
            Map<String, Object> ranks = new LinkedHashMap<>();
            for (Form form : Form.values()) {
                ranks.put(form.key(), ranks(Retrieval.of(rows, form)));
            }
            controls.put("retrieval", ranks);
        }
        return controls;
    }

    private static Map<String, Object> scores(ScoredRows rows, Form form, boolean gap) {
        Map<String, Object> rules = new LinkedHashMap<>();
        for (NegativeRule rule : NegativeRule.values()) {
            GapScores scores = rows.gap(form, rule);
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("correct_cos", scores.mean(scores::correctCos));
            if (gap) {
                values.put("gap", scores.mean(scores::gap));
            }
            values.put("accuracy", scores.mean(scores::wins));
            rules.put(rule.key(), values);
        }
        return rules;
    }

    private static Map<String, Object> ranks(Retrieval retrieval) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("median_rank", retrieval.medianRank());
        values.put("of", retrieval.candidates());
        values.put("mean_reciprocal_rank", retrieval.meanReciprocalRank());
        values.put("top_1", retrieval.top1());
        values.put("top_10", retrieval.top10());
        return values;
    }

    private static boolean hasDirection(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }
}
