package dev.nla.eval.claims;

import dev.nla.claims.calibration.ClaimScore;
import dev.nla.claims.calibration.ProbabilityMap;
import dev.nla.claims.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fits a score to claims whose truth is known, and what it means. The map from scores to probabilities is fitted to scores that were given out of fold:
 * each document's claims by a score that was fitted to the other folds' documents.
 */
public final class ScoreFit {
    /** With fewer claims than these a curve of steps says more than is known. */
    private static final int ISOTONIC_CLAIMS = 2000;

    private static final int FOLDS = 5;

    /** Weight of the penalty: that of one claim. */
    private static final double PENALTY = 1;

    private ScoreFit() {}

    /**
     * A score with its meaning.
     *
     * @param score fitted to all claims
     * @param map fitted to out-of-fold scores
     * @param outOfFold the score that each claim had while it was left out, in their order
     */
    public record Fitted(ClaimScore score, ProbabilityMap map, double[] outOfFold) {}

    /**
     * Fits both.
     *
     * @param claims true and false ones, of at least as many documents as there are folds
     * @param seed decides which documents form a fold
     */
    public static Fitted of(List<MeasuredClaim> claims, long seed) {
        Map<String, Integer> folds = folds(claims, seed);
        double[] outOfFold = new double[claims.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int left = fold;
            ClaimScore score = score(claims.stream()
                    .filter(claim -> folds.get(claim.document()) != left)
                    .toList());
            for (int i = 0; i < outOfFold.length; i++) {
                MeasuredClaim claim = claims.get(i);
                if (folds.get(claim.document()) == left) {
                    outOfFold[i] = score.of(claim.claim().slot(), claim.signals());
                }
            }
        }
        return new Fitted(score(claims), map(outOfFold, claims), outOfFold);
    }

    private static ProbabilityMap map(double[] scores, List<MeasuredClaim> claims) {
        boolean[] labels = labels(claims);
        if (claims.size() >= ISOTONIC_CLAIMS) {
            return ProbabilityMap.Isotonic.fit(scores, labels);
        }
        double[][] rows =
                Arrays.stream(scores).mapToObj(score -> new double[] {score}).toArray(double[][]::new);
        LogisticRegression platt = LogisticRegression.fit(rows, labels, PENALTY);
        return new ProbabilityMap.Platt(Math.max(0, platt.weights()[0]), platt.intercept());
    }

    private static Map<String, Integer> folds(List<MeasuredClaim> claims, long seed) {
        List<String> documents = new ArrayList<>(
                claims.stream().map(MeasuredClaim::document).distinct().sorted().toList());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = documents.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            String swapped = documents.get(i);
            documents.set(i, documents.get(other));
            documents.set(other, swapped);
        }
        Map<String, Integer> folds = new HashMap<>();
        documents.forEach(document -> folds.put(document, folds.size() % FOLDS));
        return folds;
    }

    private static ClaimScore score(List<MeasuredClaim> claims) {
        List<Signal> signals = Arrays.stream(Signal.values())
                .filter(signal ->
                        claims.stream().anyMatch(claim -> claim.signals().containsKey(signal)))
                .toList();
        List<String> slots = claims.stream()
                .map(claim -> claim.claim().slot())
                .distinct()
                .sorted()
                .toList();
        double[] means = new double[signals.size()];
        double[] scales = new double[signals.size()];
        for (int k = 0; k < means.length; k++) {
            Signal signal = signals.get(k);
            double[] values = claims.stream()
                    .filter(claim -> claim.signals().containsKey(signal))
                    .mapToDouble(claim -> claim.signals().get(signal))
                    .toArray();
            means[k] = Arrays.stream(values).average().orElse(0);
            double mean = means[k];
            double variance = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            scales[k] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        double[][] rows = claims.stream()
                .map(claim -> row(claim, signals, means, scales, slots))
                .toArray(double[][]::new);
        LogisticRegression fit = LogisticRegression.fit(rows, labels(claims), PENALTY);
        Map<String, Double> bySlot = new LinkedHashMap<>();
        for (int k = 0; k < slots.size(); k++) {
            bySlot.put(slots.get(k), fit.weights()[means.length + k]);
        }
        return new ClaimScore(
                signals, means, scales, Arrays.copyOf(fit.weights(), means.length), bySlot, fit.intercept());
    }

    private static double[] row(
            MeasuredClaim claim, List<Signal> signals, double[] means, double[] scales, List<String> slots) {
        double[] row = new double[means.length + slots.size()];
        for (int k = 0; k < means.length; k++) {
            Double value = claim.signals().get(signals.get(k));
            row[k] = value == null ? 0 : (value - means[k]) / scales[k];
        }
        row[means.length + slots.indexOf(claim.claim().slot())] = 1;
        return row;
    }

    private static boolean[] labels(List<MeasuredClaim> claims) {
        boolean[] labels = new boolean[claims.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = claims.get(i).right();
        }
        return labels;
    }
}
