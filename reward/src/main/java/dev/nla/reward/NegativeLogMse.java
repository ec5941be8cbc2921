package dev.nla.reward;

/**
 * Round trip: minus the logarithm of the mean squared error with both vectors scaled to length {@code mseScale}. Each halving of the
 * error earns the same, so good reconstructions keep on being told apart.
 *
 * @param mseScale length both vectors are scaled to
 */
public record NegativeLogMse(double mseScale) implements Reward {
    /** Errors below this earn no more; it keeps the perfect reconstruction finite. */
    private static final double SMALLEST = 1e-6;

    /** Checks the scale. */
    public NegativeLogMse {
        MeanSquaredError.checkScale(mseScale);
    }

    @Override
    public String name() {
        return "negative_log_mse";
    }

    @Override
    public double score(Attempt attempt) {
        return -Math.log(Math.max(SMALLEST, MeanSquaredError.of(attempt, mseScale)));
    }
}
