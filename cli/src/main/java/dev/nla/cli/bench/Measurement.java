package dev.nla.cli.bench;

import java.util.Map;

/**
 * What was measured.
 *
 * @param seconds of the measured work
 * @param rates by name, higher is better
 * @param phases seconds of its parts, which need not add up to all
 */
public record Measurement(double seconds, Map<String, Double> rates, Map<String, Double> phases) {}
