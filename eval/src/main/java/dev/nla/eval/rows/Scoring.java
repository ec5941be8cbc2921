package dev.nla.eval.rows;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.describe.Critic;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.Writer;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMetrics;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.stats.DocumentBootstrap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every evaluation of descriptions does: have rows described, have critics read descriptions, hold them against facts. */
public final class Scoring {
    private final EvaluatedRows rows;
    private final DocumentBootstrap bootstrap;
    private final EvaluationProgress progress;
    private final TruthMetrics truth;

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
        this.truth = TruthMetrics.of(rows.data().rows(), bootstrap);
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

    /** How true descriptions are, [N][G]; empty where no row has facts. */
    public Optional<TruthReport> truth(List<List<String>> texts) {
        return truth.measure(rows.rows(), texts);
    }

    /** What descriptions, [N][G], state of the facts, [N]. */
    public List<TruthCounts> counts(List<List<String>> texts) {
        return truth.counts(rows.rows(), texts);
    }
}
