package dev.nla.reward;

import dev.nla.model.InputException;
import java.util.OptionalDouble;

/**
 * What a description earns that cannot be read: always less than the worst readable one of its batch, by {@code margin} times the
 * spread (unbiased standard deviation) of the readable ones. Measured in their own spread, a failure is the worst of its group under
 * any reward, and yet does not drown the differences between the others when the group is scaled by its deviation. A fixed reward may
 * be asked for and holds as long as it lies that low.
 *
 * @param fixed what it earns at most; empty: only the rule above
 * @param margin how many spreads below the worst readable one; positive
 */
public record UnparseableFloor(OptionalDouble fixed, double margin) {
    /** The spread that is taken where readable rewards do not differ, or there are not two of them. */
    static final double SMALLEST_SPREAD = 1e-3;

    /** Checks the numbers. */
    public UnparseableFloor {
        if (!(margin > 0) || Double.isInfinite(margin)) {
            throw InputException.usage(
                    "the margin of unparseable descriptions is %s, expected a positive number", margin);
        }
        if (fixed.isPresent() && !Double.isFinite(fixed.getAsDouble())) {
            throw InputException.usage(
                    "the reward of unparseable descriptions is %s, expected a finite number", fixed.getAsDouble());
        }
    }

    /** {@code reward}, or one spread below the worst where that is lower. */
    public static UnparseableFloor fixed(double reward) {
        return new UnparseableFloor(OptionalDouble.of(reward), 1);
    }

    /** The reward of unreadable descriptions in a batch whose readable ones earn {@code readable}, which may be none. */
    double of(double[] readable) {
        double worst = 0;
        double mean = 0;
        for (int i = 0; i < readable.length; i++) {
            worst = i == 0 ? readable[0] : Math.min(worst, readable[i]);
            mean += readable[i] / readable.length;
        }
        double squares = 0;
        for (double reward : readable) {
            squares += (reward - mean) * (reward - mean);
        }
        double spread = readable.length < 2 ? 0 : Math.sqrt(squares / (readable.length - 1));
        double smallest = SMALLEST_SPREAD * Math.max(1, Math.abs(worst));
        return Math.min(fixed.orElse(Double.POSITIVE_INFINITY), worst - margin * Math.max(spread, smallest));
    }
}
