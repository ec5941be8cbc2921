package dev.nla.model.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * A statistic of the rows as they are, and how much it would move with other documents of the same kind.
 *
 * @param value NaN where it has none, as a ratio whose denominators are all zero
 * @param ci95 the middle 95 % of the resampled values; a resample without a value is left out, and where none has one this is empty
 */
public record Estimate(double value, Optional<Interval> ci95) {
    /** Of the values of all resamples, in any order. */
    static Estimate of(double value, double[] resampled) {
        double[] sorted = Arrays.stream(resampled)
                .filter(one -> !Double.isNaN(one))
                .sorted()
                .toArray();
        return new Estimate(value, sorted.length == 0 ? Optional.empty() : Optional.of(Interval.middle95(sorted)));
    }
}
