package dev.nla.data.extract;

import java.time.Duration;

/**
 * What an extraction did.
 *
 * @param rows rows of the dataset
 * @param cutTexts texts whose end was cut off
 * @param shortTexts texts that give no row because no token is left of them
 * @param keptRows rows taken over from an earlier, killed run
 * @param time how long this run took
 */
public record ExtractionReport(int rows, int cutTexts, int shortTexts, int keptRows, Duration time) {}
