package dev.nla.reward;

import dev.nla.model.InputException;
import dev.nla.model.gap.Cosine;

/** The mean squared error per component of two vectors that are both scaled to length {@code mse_scale} first. */
final class MeanSquaredError {
    private MeanSquaredError() {}

    /** Of unit vectors the squared distance is 2 (1 - cos); with {@code scale} = sqrt(d) that is also the mean. */
    static double of(Attempt attempt, double scale) {
        double cosine = Cosine.raw().between(attempt.reconstruction(), attempt.target());
        return 2 * (1 - cosine) * scale * scale / attempt.target().length;
    }

    static void checkScale(double scale) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw InputException.usage("mse_scale is %s, expected a positive number (default: sqrt(d))", scale);
        }
    }
}
