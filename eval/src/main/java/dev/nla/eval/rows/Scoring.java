package dev.nla.eval.rows;

import dev.nla.claims.truth.ClaimRules;
import dev.nla.data.dataset.Row;
import dev.nla.eval.describe.Condition;
import dev.nla.eval.describe.Critic;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.Writer;
import dev.nla.eval.truth.SlotMetrics;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthMetrics;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.stats.DocumentBootstrap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every evaluation of descriptions does: have rows described, have critics read descriptions, hold them against what is known. */
public final class Scoring {
    private final EvaluatedRows rows;
    private final DocumentBootstrap bootstrap;
    private final EvaluationProgress progress;
    private final Optional<SlotMetrics> bySlot;
    private final TruthMetrics byValue;

    /**
     * An evaluation.
     *
     * @param rows what is described
     * @param bootstrap of the intervals; its seed is that of the whole evaluation
     * @param progress hears how far describing and reading are
     */
    public Scoring(EvaluatedRows rows, DocumentBootstrap bootstrap, EvaluationProgress progress) {
        this.rows = rows;
        this.bootstrap = bootstrap;
        this.progress = progress;
        List<Row> all = rows.data().rows();
        this.bySlot = SlotMetrics.of(ClaimRules.of(rows.data()), bootstrap);
        this.byValue = TruthMetrics.of(all, bootstrap);
    }

    /** What is described. */
    public EvaluatedRows rows() {
        return rows;
    }

    /** Of the intervals. */
    public DocumentBootstrap bootstrap() {
        return bootstrap;
    }

    /** Who hears how far describing and reading are. */
    public EvaluationProgress progress() {
        return progress;
    }

    /** Has a describer describe vectors, and keeps what it writes. */
    public Writer writer(Describer describer, KeptDescriptions kept) {
        return new Writer(describer, bootstrap.seed(), kept, progress);
    }

    /** What a critic makes of the descriptions of every condition, [N][G] each. */
    public Map<Condition, ScoredRows> score(Critic critic, Map<Condition, List<List<String>>> texts) {
        critic.expect(texts.values());
        Map<Condition, ScoredRows> scores = new EnumMap<>(Condition.class);
        texts.forEach((condition, each) -> scores.put(condition, score(critic, each)));
        return scores;
    }

    /** What a critic makes of descriptions, [N][G]. */
    public ScoredRows score(Critic critic, List<List<String>> texts) {
        return rows.scored(critic.reconstruct(texts));
    }

    /**
     * How true descriptions are, [N][G], by every measure that there is something to measure by: by slot where train rows have descriptions and
     * these rows facts or descriptions, by value where these rows have facts.
     */
    public Map<TruthMeasure, TruthReport> truth(List<List<String>> texts) {
        Map<TruthMeasure, TruthReport> found = new EnumMap<>(TruthMeasure.class);
        bySlot.flatMap(slots -> slots.measure(rows.rows(), texts))
                .ifPresent(report -> found.put(TruthMeasure.SLOT, report));
        byValue.measure(rows.rows(), texts).ifPresent(report -> found.put(TruthMeasure.VALUE, report));
        return found;
    }

    /** What descriptions, [N][G], state and claim, [N]; by slot only where train rows have descriptions. */
    public Map<TruthMeasure, List<TruthCounts>> counts(List<List<String>> texts) {
        Map<TruthMeasure, List<TruthCounts>> counts = new EnumMap<>(TruthMeasure.class);
        bySlot.ifPresent(slots -> counts.put(TruthMeasure.SLOT, slots.counts(rows.rows(), texts)));
        counts.put(TruthMeasure.VALUE, byValue.counts(rows.rows(), texts));
        return counts;
    }
}
