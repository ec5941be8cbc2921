package dev.nla.reward;

import dev.nla.model.InputException;
import dev.nla.model.gap.Cosine;

/** Cosines of a reconstruction with each of its negatives. */
final class NegativeCosines {
    private NegativeCosines() {}

    /** [k]; refuses an attempt without negatives. */
    static double[] of(Attempt attempt, Cosine cosine, String reward) {
        float[][] negatives = attempt.negatives();
        if (negatives.length == 0) {
            throw InputException.usage("reward %s needs negatives, but 0 are drawn a row: set at least 1", reward);
        }
        double[] cosines = new double[negatives.length];
        for (int k = 0; k < cosines.length; k++) {
            cosines[k] = cosine.between(attempt.reconstruction(), negatives[k]);
        }
        return cosines;
    }
}
