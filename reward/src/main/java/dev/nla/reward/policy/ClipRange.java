package dev.nla.reward.policy;

import dev.nla.model.InputException;
import java.util.OptionalDouble;

/**
 * How far the ratio of new to old probability may move a token's loss.
 *
 * @param low the ratio is clipped below 1 - low
 * @param high and above 1 + high
 * @param delta the unclipped ratio is cut here too (two-sided clipping, Prime Intellect, 2025); above 1 + high
 */
public record ClipRange(double low, double high, OptionalDouble delta) {
    /** Checks the numbers. */
    public ClipRange {
        if (!(low >= 0 && low <= 1)) {
            throw InputException.usage("epsilon is %s, expected a number from 0 to 1", low);
        }
        if (!(high >= 0) || Double.isInfinite(high)) {
            throw InputException.usage("epsilon_high is %s, expected a number that is not negative", high);
        }
        if (delta.isPresent() && !(delta.getAsDouble() > 1 + high)) {
            throw InputException.usage(
                    "delta is %s, expected a number above 1 + epsilon_high = %s", delta.getAsDouble(), 1 + high);
        }
    }
}
