package dev.nla;

import dev.nla.model.gap.Gap;
import dev.nla.model.stats.Interval;

/**
 * A gap with what it takes to read it.
 *
 * @param gap mean cosine with the own activation, less the largest with a neighbour
 * @param low lower end of its interval of 95 %, by bootstrap over the rows
 * @param high upper end
 * @param accuracy how often the own activation is the nearest; 0.25 by chance
 * @param floor the gap of descriptions that belong to other rows
 * @param ceiling the gap of a perfect reconstruction
 * @param calibrated where the gap lies between floor, 0, and ceiling, 1
 */
public record GapEstimate(
        double gap, double low, double high, double accuracy, double floor, double ceiling, double calibrated) {
    static GapEstimate of(Gap found, Interval ci95) {
        return new GapEstimate(
                found.gap(),
                ci95.low(),
                ci95.high(),
                found.accuracy(),
                found.calibration().floor(),
                found.calibration().ceiling(),
                found.calibration().place(found.gap()));
    }
}
