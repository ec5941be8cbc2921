package dev.nla.reward;

/**
 * Round trip: minus the mean squared error with both vectors scaled to length {@code mseScale}, which is -2 (1 - cos) for the usual
 * sqrt(d). Does not depend on the length of the reconstruction.
 *
 * @param mseScale length both vectors are scaled to
 */
public record NegativeMse(double mseScale) implements Reward {
    /** Checks the scale. */
    public NegativeMse {
        MeanSquaredError.checkScale(mseScale);
    }

    @Override
    public String name() {
        return "negative_mse";
    }

    @Override
    public double score(Attempt attempt) {
        return -MeanSquaredError.of(attempt, mseScale);
    }
}
