package dev.nla.claims.calibration;

import dev.nla.model.stats.Interval;

/**
 * Whether searching descriptions made them truer, on the rows of a calibration.
 *
 * @param cost of a claim in the search, in cosine
 * @param precisionGain how much more of the claims was true after it
 * @param ci95 of that, over documents
 */
public record SearchTrial(double cost, double precisionGain, Interval ci95) {
    /** Checks the cost. */
    public SearchTrial {
        if (!(cost > 0)) {
            throw new IllegalArgumentException("a claim costs " + cost + ", expected a number above 0");
        }
    }

    /** Whether it did, beyond chance: search is used only then. */
    public boolean earned() {
        return ci95.low() > 0;
    }
}
