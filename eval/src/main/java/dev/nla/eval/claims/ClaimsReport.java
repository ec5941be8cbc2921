package dev.nla.eval.claims;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.Judgement;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far the probabilities of claims hold.
 *
 * @param rows how many were judged
 * @param labels what was called true
 * @param greedy claims of the descriptions that are shown
 * @param all those of the samples too
 * @param recall the share of what is known of the rows that greedy descriptions state
 * @param withheld what remains of greedy claims where those below a probability are withheld, by that probability
 * @param slots greedy claims by slot
 */
public record ClaimsReport(
        int rows,
        Labels labels,
        Figures greedy,
        Figures all,
        double recall,
        Map<Double, Withheld> withheld,
        Map<String, SlotFigures> slots) {
    /** Probabilities below which claims are withheld. */
    static final List<Double> THRESHOLDS = List.of(0.5, 0.7, 0.8, 0.9);

    /** What claims were held against. */
    public enum Labels {
        /** What is known of the rows and of their texts. */
        FACTS("facts"),
        /** That, and for some slots the rows' own descriptions. */
        BOTH("facts and descriptions"),
        /** The rows' own descriptions alone: where a teacher wrote them, probabilities are those of agreeing with the teacher. */
        DESCRIPTIONS("descriptions");

        private final String label;

        Labels(String label) {
            this.label = label;
        }

        /** The name in files. */
        public String label() {
            return label;
        }
    }

    /** Figures of some claims; see {@link Judgement}. */
    public record Figures(
            int claims,
            double precision,
            double auroc,
            double aurocWithinSlot,
            double calibrationError,
            double brier,
            List<Judgement.Bin> reliability) {
        static Figures of(List<Judgement> judged) {
            return new Figures(
                    judged.size(),
                    Judgement.precision(judged),
                    Judgement.auroc(judged),
                    Judgement.aurocWithinSlots(judged),
                    Judgement.calibrationError(judged),
                    Judgement.brier(judged),
                    Judgement.reliability(judged));
        }
    }

    /**
     * What remains above a probability.
     *
     * @param precision of what remains
     * @param recall of what remains
     * @param keptTrue the share of true claims that remain
     * @param keptClaims the share of claims that remain
     */
    public record Withheld(double precision, double recall, double keptTrue, double keptClaims) {}

    /**
     * Greedy claims of one slot.
     *
     * @param rule how they are judged
     * @param figures of all of them
     * @param withheld what remains of them above one half
     */
    public record SlotFigures(TruthRule rule, Figures figures, Withheld withheld) {}

    /** A claim with its judgement. */
    private record Judged(Claim claim, Judgement judgement) {}

    /** Judges the claims of some rows. */
    public static ClaimsReport of(List<RowClaims> rows, ClaimCalibration calibration) {
        List<List<Judged>> greedy = judged(rows, calibration, true);
        List<Judgement> shown = judgements(greedy);
        Map<Double, Withheld> withheld = new TreeMap<>();
        THRESHOLDS.forEach(
                threshold -> withheld.put(threshold, withheld(rows, greedy, threshold, calibration.truth())));
        Map<String, SlotFigures> slots = new TreeMap<>();
        for (String slot : new TreeSet<>(shown.stream().map(Judgement::slot).toList())) {
            List<Judgement> own =
                    shown.stream().filter(each -> each.slot().equals(slot)).toList();
            slots.put(
                    slot, new SlotFigures(calibration.truth().rule(slot), Figures.of(own), kept(own, 0.5, Double.NaN)));
        }
        return new ClaimsReport(
                rows.size(),
                labels(slots),
                Figures.of(shown),
                Figures.of(judgements(judged(rows, calibration, false))),
                recall(rows, greedy, 0, calibration.truth()),
                withheld,
                slots);
    }

    private static Labels labels(Map<String, SlotFigures> slots) {
        long asked = slots.values().stream()
                .filter(slot -> slot.rule().asksDescription())
                .count();
        return asked == 0 ? Labels.FACTS : asked == slots.size() ? Labels.DESCRIPTIONS : Labels.BOTH;
    }

    private static List<List<Judged>> judged(List<RowClaims> rows, ClaimCalibration calibration, boolean greedyOnly) {
        return rows.stream()
                .map(row -> row.claims().stream()
                        .filter(claim -> claim.greedy() || !greedyOnly)
                        .map(claim -> new Judged(
                                claim.claim(),
                                new Judgement(
                                        claim.claim().slot(),
                                        calibration.probability(claim.claim().slot(), claim.signals()),
                                        claim.right())))
                        .toList())
                .toList();
    }

    private static List<Judgement> judgements(List<List<Judged>> judged) {
        return judged.stream().flatMap(List::stream).map(Judged::judgement).toList();
    }

    private static Withheld withheld(
            List<RowClaims> rows, List<List<Judged>> greedy, double threshold, SlotTruth truth) {
        return kept(judgements(greedy), threshold, recall(rows, greedy, threshold, truth));
    }

    /** What remains of judged claims from a probability on. */
    static Withheld kept(List<Judgement> judged, double threshold, double recall) {
        List<Judgement> kept =
                judged.stream().filter(each -> each.probability() >= threshold).toList();
        double right = kept.stream().filter(Judgement::right).count();
        return new Withheld(
                Judgement.precision(kept),
                recall,
                right / judged.stream().filter(Judgement::right).count(),
                (double) kept.size() / judged.size());
    }

    /** The share of what is known of the rows that claims from a probability on state. */
    private static double recall(List<RowClaims> rows, List<List<Judged>> greedy, double threshold, SlotTruth truth) {
        long known = 0;
        long stated = 0;
        for (int i = 0; i < rows.size(); i++) {
            List<Claim> said = greedy.get(i).stream()
                    .filter(each -> each.judgement().probability() >= threshold)
                    .map(Judged::claim)
                    .toList();
            Recall recall = Recall.of(said, rows.get(i), truth);
            known += recall.known();
            stated += recall.stated();
        }
        return (double) stated / known;
    }
}
