package dev.nla.eval.gap;

import dev.nla.model.gap.Gap;
import dev.nla.model.stats.Interval;

/**
 * A gap with its interval.
 *
 * @param found the gap and what it is read beside
 * @param ci95 its 95 % bootstrap interval over documents
 */
public record GapResult(Gap found, Interval ci95) {
    /** Mean cosine of a reconstruction with its own activation. */
    public double correctCos() {
        return found.correctCos();
    }

    /** Mean of its largest cosine with one of the negatives. */
    public double hardNegativeCos() {
        return found.hardNegativeCos();
    }

    /** The first minus the second. */
    public double gap() {
        return found.gap();
    }

    /** How often the own activation is the nearest. */
    public double accuracy() {
        return found.accuracy();
    }

    /** The accuracy of blind choice. */
    public double chance() {
        return found.chance();
    }

    /** The gap with descriptions given to other rows. */
    public double floor() {
        return found.calibration().floor();
    }

    /** The gap of the perfect reconstruction. */
    public double ceiling() {
        return found.calibration().ceiling();
    }

    /** Where between floor and ceiling the gap lies; NaN where the ceiling is not above the floor. */
    public double calibrated() {
        return found.calibration().place(found.gap());
    }
}
