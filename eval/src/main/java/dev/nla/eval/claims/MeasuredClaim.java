package dev.nla.eval.claims;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.signal.Signal;
import java.util.Map;

/**
 * A claim of a description of one row, with what speaks for it.
 *
 * @param document the row's document: claims of one document stand together in every split
 * @param claim what is claimed
 * @param greedy whether the greedy description states it, and not only a sample
 * @param signals what speaks for it
 * @param right whether it is true
 */
public record MeasuredClaim(String document, Claim claim, boolean greedy, Map<Signal, Double> signals, boolean right) {
    /** Copies the signals. */
    public MeasuredClaim {
        signals = Map.copyOf(signals);
    }
}
