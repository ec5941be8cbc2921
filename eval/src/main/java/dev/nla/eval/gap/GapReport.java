package dev.nla.eval.gap;

import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.NegativeRule;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an evaluation of the gap found.
 *
 * @param texts rows N
 * @param documents they are of; intervals are over these
 * @param samplesPerText reconstructions a row, G
 * @param seed of drawn negatives, intervals and controls
 * @param gap both forms, each under both rules
 * @param fve fractions of variance explained
 * @param truth how true the descriptions are, by every measure that there is something to measure by
 * @param controls by name, a number, a text or such a map; in the order they are shown
 * @param provenance what was evaluated, in the same form
 */
public record GapReport(
        int texts,
        int documents,
        int samplesPerText,
        long seed,
        Map<Form, Map<NegativeRule, GapResult>> gap,
        Fve fve,
        Map<TruthMeasure, TruthReport> truth,
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

    /** How true the descriptions are by a measure; empty where there was nothing to measure by. */
    public Optional<TruthReport> truth(TruthMeasure measure) {
        return Optional.ofNullable(truth.get(measure));
    }

    /** The same with what was found of the truth of the descriptions. */
    public GapReport with(Map<TruthMeasure, TruthReport> truthOfDescriptions) {
        return new GapReport(
                texts, documents, samplesPerText, seed, gap, fve, truthOfDescriptions, controls, provenance);
    }
}
