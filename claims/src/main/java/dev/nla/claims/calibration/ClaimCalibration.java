package dev.nla.claims.calibration;

import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.SlotTruth;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
 * @param search whether searched descriptions were truer; empty where it was not tried
 */
public record ClaimCalibration(
        CalibrationOrigin origin,
        ClaimGrammar grammar,
        SlotTruth truth,
        int rows,
        int claims,
        ClaimScore score,
        ProbabilityMap map,
        Optional<SearchTrial> search) {
    /** Fewer rows than these say too little. */
    public static final int FEWEST_ROWS = 50;

    /** The same with what a trial of searching came to. */
    public ClaimCalibration with(SearchTrial trial) {
        return new ClaimCalibration(origin, grammar, truth, rows, claims, score, map, Optional.of(trial));
    }

    /** Whether descriptions are to be searched: where that has made them truer. */
    public boolean searches() {
        return search.filter(SearchTrial::earned).isPresent();
    }

    /** What a probability means, in one sentence. */
    public String meaning() {
        boolean asked = truth.rules().values().stream().anyMatch(rule -> rule.asksDescription());
        return String.format(
                Locale.ROOT,
                "p is how often claims with such signals were true among %,d claims about %,d rows, %s; %d samples",
                claims,
                rows,
                asked
                        ? "by what is known of the rows and, for some slots, by their own descriptions"
                        : "by what is known of the rows",
                origin.samples());
    }

    /** The probability that a claim is true. */
    public double probability(String slot, Map<Signal, Double> signals) {
        return map.of(score.of(slot, signals));
    }
}
