package dev.nla.data.extract;

import java.time.Duration;

/**
 * How far an extraction is.
 *
 * @param done activations kept so far, those of an earlier, killed run included
 * @param total activations in all
 * @param perSecond activations a second in this run; 0 before the first batch
 * @param left estimated from the tokens still to be read; zero before the first batch
 */
public record ExtractionProgress(int done, int total, double perSecond, Duration left) {}
