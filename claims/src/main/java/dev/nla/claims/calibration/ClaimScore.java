package dev.nla.claims.calibration;

import dev.nla.claims.signal.Signal;
import java.util.List;
import java.util.Map;

/**
 * A score of a claim: a weighted sum of its signals, and of which slot it is.
 *
 * @param signals that count, in the order of the arrays
 * @param means of the signals among the claims it was fitted to; a signal that a claim lacks counts as its mean
 * @param scales their standard deviations, above 0
 * @param weights of the signals in standard deviations, in log odds
 * @param slots what is added for each slot, in log odds; nothing for one never seen
 * @param intercept what is added for all
 */
public record ClaimScore(
        List<Signal> signals,
        double[] means,
        double[] scales,
        double[] weights,
        Map<String, Double> slots,
        double intercept) {
    /** Copies what can change and checks the lengths. */
    public ClaimScore {
        signals = List.copyOf(signals);
        slots = Map.copyOf(slots);
        if (means.length != signals.size() || scales.length != signals.size() || weights.length != signals.size()) {
            throw new IllegalArgumentException(signals + ": " + means.length + " means, " + scales.length + " scales, "
                    + weights.length + " weights");
        }
        for (double scale : scales) {
            if (!(scale > 0)) {
                throw new IllegalArgumentException("a scale is " + scale + ", expected a number above 0");
            }
        }
    }

    /**
     * The score, in log odds.
     *
     * @param values of the signals; those that are missing or NaN count as the mean
     */
    public double of(String slot, Map<Signal, Double> values) {
        double score = intercept + slots.getOrDefault(slot, 0.0);
        for (int i = 0; i < weights.length; i++) {
            double value = values.getOrDefault(signals.get(i), Double.NaN);
            if (!Double.isNaN(value)) {
                score += weights[i] * (value - means[i]) / scales[i];
            }
        }
        return score;
    }
}
