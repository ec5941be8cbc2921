package dev.nla.eval.gap;

import dev.nla.model.gap.Bootstrap;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapResult;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.NegativeSets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates reconstructions, wherever they come from.
 *
 * @param bootstrap resamples of the intervals, and the seed of the whole evaluation
 */
public record GapEvaluation(Bootstrap bootstrap) {
    /** With the usual number of resamples. */
    public static GapEvaluation seeded(long seed) {
        return new GapEvaluation(new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, seed));
    }

    /**
     * Measures both forms under both rules, both fractions of variance explained and the controls that need nothing but vectors. Vectors
     * alone say nothing of truth.
     *
     * @param inputs activations, their reconstructions and the mean that the centred form subtracts
     * @param negatives of both forms
     * @param controls further ones, shown behind those computed here; in the form of {@link GapReport#controls}
     * @param provenance what is evaluated; the number of resamples is added
     */
    public GapReport evaluate(
            GapInputs inputs,
            Map<Form, NegativeSets> negatives,
            Map<String, Object> controls,
            Map<String, Object> provenance) {
        Map<Form, Map<NegativeRule, GapResult>> gap = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            gap.put(form, measure(inputs, form, negatives.get(form)));
        }
        Map<String, Object> allControls = new LinkedHashMap<>(VectorControls.of(inputs, negatives, bootstrap.seed()));
        allControls.putAll(controls);
        Map<String, Object> origin = new LinkedHashMap<>(provenance);
        origin.put("bootstrap_resamples", bootstrap.resamples());
        return new GapReport(
                inputs.texts(),
                inputs.samples(),
                bootstrap.seed(),
                gap,
                Fve.of(inputs),
                Optional.empty(),
                allControls,
                origin);
    }

    private Map<NegativeRule, GapResult> measure(GapInputs inputs, Form form, NegativeSets negatives) {
        Map<NegativeRule, GapResult> results = new EnumMap<>(NegativeRule.class);
        for (NegativeRule rule : NegativeRule.values()) {
            results.put(rule, Gap.measure(inputs, form, negatives.of(rule), bootstrap));
        }
        return results;
    }
}
