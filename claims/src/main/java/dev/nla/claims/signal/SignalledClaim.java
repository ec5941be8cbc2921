package dev.nla.claims.signal;

import dev.nla.claims.grammar.Claim;
import java.util.Map;

/**
 * A claim about an activation, with what speaks for it.
 *
 * @param claim what is claimed, at its place in the description that it was measured in
 * @param greedy whether that is the greedy description, and not a sample
 * @param signals what speaks for it; one that could not be measured is missing
 */
public record SignalledClaim(Claim claim, boolean greedy, Map<Signal, Double> signals) {
    /** Copies the signals. */
    public SignalledClaim {
        signals = Map.copyOf(signals);
    }
}
