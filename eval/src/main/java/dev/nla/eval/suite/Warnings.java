package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metrics;
import dev.nla.model.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a reader must not overlook, worked out from a report's figures. */
final class Warnings {
    private static final double SAME_TEXTS = 0.1;
    /** A paraphrase changes half of the words that it can, so even a code of words alone keeps about half. */
    private static final double RETAINED = 0.7;

    private Warnings() {}

    static List<String> of(SuiteReport report, boolean trusted) {
        List<String> warnings = new ArrayList<>();
        if (!trusted) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%d documents are too few for intervals over documents: they are narrower than they should be",
                    report.documents()));
        }
        otherModels(report.provenance(), warnings);
        report.figure(Figure.Section.LOSS, "", "shuffled", LossFigures.RISE)
                .filter(rise -> !above(rise.ci95(), 0))
                .ifPresent(rise -> warnings.add(String.format(
                        Locale.ROOT,
                        "the verbalizer ignores its input: its loss on true descriptions rises by %+.4f nats a token when it is given"
                                + " another row's activation, which is not clearly above 0",
                        rise.value())));
        report.figure(Figure.Section.TEXT, "", Condition.REAL.key(), "unique_ratio")
                .filter(unique -> unique.value() < SAME_TEXTS)
                .ifPresent(unique -> warnings.add(String.format(
                        Locale.ROOT,
                        "the descriptions have collapsed: only %.1f %% of them are different texts",
                        100 * unique.value())));
        for (String critic : report.critics()) {
            retention(report, critic).ifPresent(warnings::add);
            if (!aboveFloor(report, critic)) {
                warnings.add("under " + critic + " the gap is not clearly above that of shuffled descriptions");
            }
        }
        report.figure(Figure.Section.COLLUSION, "", "real_beyond_true", Metrics.GAP_CENTERED_3.key())
                .filter(figure -> above(figure.ci95(), 0))
                .ifPresent(figure -> warnings.add(String.format(
                        Locale.ROOT,
                        "collusion: the first critic gives the verbalizer's words %+.4f more gap than the independent one does, beyond what"
                                + " it gives true descriptions",
                        figure.value())));
        return warnings;
    }

    private static void otherModels(Map<String, Object> provenance, List<String> warnings) {
        Object own = provenance.get("data_model_fingerprint");
        for (String part : List.of("verbalizer", "reconstructor", "independent")) {
            Object other = provenance.getOrDefault(part + "_model_fingerprint", own);
            if (own != null && !own.equals(other)) {
                warnings.add("the " + part + " was trained on activations of another model than these rows' are of");
            }
        }
    }

    private static Optional<String> retention(SuiteReport report, String critic) {
        return report.figure(Figure.Section.RETENTION, critic, Condition.PARAPHRASE.key(), Metrics.GAP_CENTERED_3.key())
                .filter(left -> aboveFloor(report, critic) && left.value() < RETAINED)
                .map(left -> String.format(
                        Locale.ROOT,
                        "under %s a paraphrase keeps only %.0f %% of the gap above the floor: the words may be a private code",
                        critic,
                        100 * left.value()));
    }

    private static boolean aboveFloor(SuiteReport report, String critic) {
        return report.figure(Figure.Section.DIFFERENCES, critic, Condition.SHUFFLED.key(), Metrics.GAP_CENTERED_3.key())
                .map(lead -> above(lead.ci95(), 0))
                .orElse(true);
    }

    private static boolean above(Optional<Interval> interval, double bound) {
        return interval.isPresent() && interval.get().low() > bound;
    }
}
