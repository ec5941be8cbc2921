package dev.nla.model.gap;

/**
 * One gap with everything needed to read it.
 *
 * @param correctCos mean cosine of a reconstruction with its own activation
 * @param hardNegativeCos mean of its largest cosine with one of the negatives
 * @param gap the first minus the second
 * @param ci95 bootstrap interval of the gap over texts
 * @param accuracy how often the own activation is the nearest, P(c &gt; n)
 * @param chance the accuracy of blind choice, 1 / (negatives + 1)
 * @param floor the gap with descriptions given to other rows
 * @param ceiling the gap of the perfect reconstruction
 * @param calibrated (gap - floor) / (ceiling - floor); NaN where the ceiling is not above the floor
 */
public record GapResult(
        double correctCos,
        double hardNegativeCos,
        double gap,
        Interval ci95,
        double accuracy,
        double chance,
        double floor,
        double ceiling,
        double calibrated) {}
