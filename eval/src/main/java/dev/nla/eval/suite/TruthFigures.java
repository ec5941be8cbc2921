package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.rows.Scoring;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.eval.truth.TruthShare;
import dev.nla.model.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Figures of truth: how true the words of every condition are, by slot and by value. */
final class TruthFigures {
    /** Stands beside the shares by slot, and nowhere in suites that had truth by value alone. */
    private static final String MEAN_CLAIMS = "mean_claims";

    private static final String MEAN_WORDS = "mean_words";

    private TruthFigures() {}

    /** Of every condition; a measure that there is nothing to measure by is left out and named. */
    static List<Figure> of(Scoring scoring, Conditions conditions) {
        List<Figure> figures = new ArrayList<>();
        conditions.texts().forEach((condition, texts) -> {
            Map<TruthMeasure, TruthReport> found = scoring.truth(texts);
            found.forEach((measure, report) -> shares(condition, measure, report, figures));
            found.values().stream()
                    .findFirst()
                    .ifPresent(report -> figures.add(plain(condition, MEAN_WORDS, report.meanWords())));
            if (!found.containsKey(TruthMeasure.SLOT)) {
                conditions
                        .omitted()
                        .put(
                                TruthMeasure.SLOT.key("truth"),
                                "no train row has a description, or no evaluated row facts or one");
            }
            if (!found.containsKey(TruthMeasure.VALUE)) {
                conditions.omitted().put(TruthMeasure.VALUE.key("truth"), "no row has facts");
            }
        });
        return figures;
    }

    private static void shares(Condition condition, TruthMeasure measure, TruthReport report, List<Figure> figures) {
        for (TruthShare share : TruthShare.values()) {
            Estimate estimate = report.share(share);
            figures.add(Figure.of(
                    Figure.Section.TRUTH,
                    "",
                    condition.key(),
                    measure.key(share.key()),
                    estimate.value(),
                    estimate.ci95()));
        }
        if (measure == TruthMeasure.SLOT) {
            figures.add(plain(condition, MEAN_CLAIMS, report.meanClaims()));
        }
    }

    private static Figure plain(Condition condition, String metric, double value) {
        return Figure.plain(Figure.Section.TRUTH, "", condition.key(), metric, value);
    }

    /** Whether truth is known by value alone, under the names that it has by slot since. */
    static boolean areOfAnEarlierVersion(List<Figure> figures) {
        return figures.stream().anyMatch(TruthFigures::isShare)
                && figures.stream().noneMatch(figure -> isTruth(figure, MEAN_CLAIMS));
    }

    /** The same under the names that truth by value has today. */
    static List<Figure> renamed(List<Figure> figures) {
        return figures.stream()
                .map(figure -> isShare(figure) ? figure.named(TruthMeasure.VALUE.key(figure.metric())) : figure)
                .toList();
    }

    private static boolean isShare(Figure figure) {
        for (TruthShare share : TruthShare.values()) {
            if (isTruth(figure, share.key())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTruth(Figure figure, String metric) {
        return figure.section() == Figure.Section.TRUTH && figure.metric().equals(metric);
    }
}
