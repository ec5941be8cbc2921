package dev.nla.eval.gap;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Statistic;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Evaluates reconstructions, wherever they come from.
 *
 * @param bootstrap resamples of the intervals, and the seed of the whole evaluation
 */
public record GapEvaluation(DocumentBootstrap bootstrap) {
    /**
     * Measures both forms under both rules, both fractions of variance explained and the controls that need nothing but vectors. Vectors
     * alone say nothing of truth.
     *
     * @param rows activations, their reconstructions and negatives of both forms
     * @param documents that the rows are of
     * @param controls further ones, shown behind those computed here; in the form of {@link GapReport#controls}
     * @param provenance what is evaluated; the number of resamples is added
     */
    public GapReport evaluate(
            ScoredRows rows, Documents documents, Map<String, Object> controls, Map<String, Object> provenance) {
        Map<String, Object> allControls = new LinkedHashMap<>(VectorControls.of(rows, bootstrap.seed()));
        allControls.putAll(controls);
        Map<String, Object> origin = new LinkedHashMap<>(provenance);
        origin.put("bootstrap_resamples", bootstrap.resamples());
        return new GapReport(
                rows.size(),
                documents.count(),
                rows.inputs().samples(),
                bootstrap.seed(),
                gaps(rows, documents),
                Fve.of(rows.inputs()),
                Map.of(),
                allControls,
                origin);
    }

    /** The gaps in both forms under both rules, their intervals over the same draws of documents. */
    Map<Form, Map<NegativeRule, GapResult>> gaps(ScoredRows rows, Documents documents) {
        DocumentDraws draws = bootstrap.of(documents);
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            for (NegativeRule rule : NegativeRule.values()) {
                Metric metric = Metrics.gap(form, rule);
                statistics.put(metric.key(), Statistic.mean(rows.each(metric::compute)));
            }
        }
        Map<String, Estimate> estimates = draws.all(statistics);
        Map<Form, Map<NegativeRule, GapResult>> gaps = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            gaps.put(form, new EnumMap<>(NegativeRule.class));
            for (NegativeRule rule : NegativeRule.values()) {
                Gap gap = Gap.measure(rows.inputs(), form, rows.negatives(form).of(rule), bootstrap.seed());
                Estimate estimate = estimates.get(Metrics.gap(form, rule).key());
                gaps.get(form).put(rule, new GapResult(gap, estimate.ci95().orElseThrow()));
            }
        }
        return gaps;
    }
}
