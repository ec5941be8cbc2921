package dev.nla.eval.gap;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.GapResult;
import dev.nla.model.gap.NegativeRule;
import java.util.Map;

/**
 * Everything an evaluation of the gap found.
 *
 * @param texts rows N
 * @param samplesPerText reconstructions a row, G
 * @param seed of drawn negatives, intervals and controls
 * @param gap both forms, each under both rules
 * @param fve fractions of variance explained
 * @param controls by name, a number, a text or such a map; in the order they are shown
 * @param provenance what was evaluated, in the same form
 */
public record GapReport(
        int texts,
        int samplesPerText,
        long seed,
        Map<Form, Map<NegativeRule, GapResult>> gap,
        Fve fve,
        Map<String, Object> controls,
        Map<String, Object> provenance) {
    /** Checks that no form or rule is missing. */
    public GapReport {
        for (Form form : Form.values()) {
            for (NegativeRule rule : NegativeRule.values()) {
                if (!gap.containsKey(form) || !gap.get(form).containsKey(rule)) {
                    throw new IllegalArgumentException("no gap for " + form + ", " + rule);
                }
            }
        }
    }

    /** The gap of a form under a rule. */
    public GapResult gap(Form form, NegativeRule rule) {
        return gap.get(form).get(rule);
    }
}
