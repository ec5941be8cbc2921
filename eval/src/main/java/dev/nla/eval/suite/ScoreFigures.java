package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.metric.RowScores;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Holm;
import dev.nla.model.stats.SignFlip;
import dev.nla.model.stats.Statistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Figures of scores: each condition's own, the verbalizer's lead over each control, and what two critics make of the same words. */
final class ScoreFigures {
    /** Rewritings of the verbalizer's words. */
    static final List<Condition> REWRITTEN =
            List.of(Condition.PARAPHRASE, Condition.NO_QUOTES_OR_DIGITS, Condition.WORDS_SHUFFLED);

    private final MetricRegistry metrics;
    private final DocumentDraws draws;
    private final SignFlip test;
    private final List<Figure> figures = new ArrayList<>();

    ScoreFigures(MetricRegistry metrics, DocumentDraws draws, SignFlip test) {
        this.metrics = metrics;
        this.draws = draws;
        this.test = test;
    }

    /** All of them, in the order they were made. */
    List<Figure> all() {
        return figures;
    }

    /** Means with intervals, beside chance, and the median rank. */
    void scores(String critic, Condition condition, RowScores scores) {
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        scores.values().forEach((metric, values) -> statistics.put(metric.key(), Statistic.mean(values)));
        Map<String, Estimate> estimates = draws.all(statistics);
        for (Metric metric : scores.values().keySet()) {
            Estimate estimate = estimates.get(metric.key());
            figures.add(figure(Figure.Section.SCORES, critic, condition, metric, estimate)
                    .besideChance(metric.chance(scores.ranks().length)));
        }
        figures.add(Figure.plain(
                Figure.Section.SCORES, critic, condition.key(), "retrieval_median_rank", scores.medianRank()));
    }

    /** The verbalizer's own descriptions minus every other condition, p-values corrected over the conditions. */
    void leads(String critic, Map<Condition, RowScores> scores) {
        RowScores real = scores.get(Condition.REAL);
        for (Metric metric : metrics.compared()) {
            Map<String, Double> pValues = new LinkedHashMap<>();
            Map<String, Statistic> leads = new LinkedHashMap<>();
            scores.forEach((condition, other) -> {
                if (condition != Condition.REAL
                        && real.of(metric).isPresent()
                        && other.of(metric).isPresent()) {
                    double[] own = real.required(metric);
                    double[] others = other.required(metric);
                    leads.put(condition.key(), difference(own, others));
                    pValues.put(condition.key(), test.pValue(metric.key(), draws.documents(), own, others));
                }
            });
            if (leads.isEmpty()) {
                continue;
            }
            Map<String, Double> adjusted = Holm.adjusted(pValues);
            draws.all(leads)
                    .forEach((condition, estimate) -> figures.add(Figure.of(
                                    Figure.Section.DIFFERENCES,
                                    critic,
                                    condition,
                                    metric.key(),
                                    estimate.value(),
                                    estimate.ci95())
                            .withP(adjusted.get(condition))));
        }
    }

    /** How much of the gap above the floor is left when the words are changed. */
    void retention(String critic, Map<Condition, RowScores> scores) {
        double[] real = scores.get(Condition.REAL).required(Metrics.GAP_CENTERED_3);
        double[] floor = scores.get(Condition.SHUFFLED).required(Metrics.GAP_CENTERED_3);
        for (Condition condition : REWRITTEN) {
            if (scores.containsKey(condition)) {
                double[] changed = scores.get(condition).required(Metrics.GAP_CENTERED_3);
                Estimate left = draws.ratio("retention", minus(changed, floor), minus(real, floor));
                figures.add(figure(Figure.Section.RETENTION, critic, condition, Metrics.GAP_CENTERED_3, left));
            }
        }
    }

    /** The first critic's scores minus the other's; for the verbalizer's words also beyond what true descriptions differ by. */
    void collusion(Map<Condition, RowScores> training, Map<Condition, RowScores> independent) {
        for (Metric metric : metrics.compared()) {
            Map<String, Statistic> statistics = new LinkedHashMap<>();
            training.forEach((condition, scores) -> {
                RowScores others = independent.get(condition);
                if (scores.of(metric).isPresent() && others.of(metric).isPresent()) {
                    statistics.put(condition.key(), difference(scores.required(metric), others.required(metric)));
                }
            });
            if (statistics.keySet().containsAll(Set.of(Condition.REAL.key(), Condition.TRUE.key()))) {
                statistics.put(
                        "real_beyond_true",
                        Statistic.difference(
                                statistics.get(Condition.REAL.key()), statistics.get(Condition.TRUE.key())));
            }
            if (statistics.isEmpty()) {
                continue;
            }
            draws.all(statistics)
                    .forEach((condition, estimate) -> figures.add(Figure.of(
                            Figure.Section.COLLUSION, "", condition, metric.key(), estimate.value(), estimate.ci95())));
        }
    }

    private static Figure figure(
            Figure.Section section, String critic, Condition condition, Metric metric, Estimate estimate) {
        return Figure.of(section, critic, condition.key(), metric.key(), estimate.value(), estimate.ci95());
    }

    private static Statistic difference(double[] first, double[] second) {
        return Statistic.difference(Statistic.mean(first), Statistic.mean(second));
    }

    private static double[] minus(double[] first, double[] second) {
        double[] out = new double[first.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = first[i] - second[i];
        }
        return out;
    }
}
