package dev.nla.claims.calibration;

import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.SlotTruth;
import java.util.Map;

/**
 * How likely the claims of a verbalizer are true.
 *
 * @param origin what it holds for
 * @param grammar reads claims
 * @param truth what was called true; where rules ask the rows' own descriptions, a probability says how likely those agree
 * @param rows how many it was fitted to
 * @param claims how many they made
 * @param score of a claim
 * @param map what a score means
 */
public record ClaimCalibration(
        CalibrationOrigin origin,
        ClaimGrammar grammar,
        SlotTruth truth,
        int rows,
        int claims,
        ClaimScore score,
        ProbabilityMap map) {
    /** Fewer rows than these say too little. */
    public static final int FEWEST_ROWS = 50;

    /** The probability that a claim is true. */
    public double probability(String slot, Map<Signal, Double> signals) {
        return map.of(score.of(slot, signals));
    }
}
