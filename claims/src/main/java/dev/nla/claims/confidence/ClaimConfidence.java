package dev.nla.claims.confidence;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.signal.Signal;
import java.util.Map;

/**
 * A claim of a description, and how likely it is true.
 *
 * @param claim at its place in the description
 * @param probability from 0 to 1, as often as claims with such signals came true where it was calibrated
 * @param signals what speaks for it
 */
public record ClaimConfidence(Claim claim, double probability, Map<Signal, Double> signals) {}
