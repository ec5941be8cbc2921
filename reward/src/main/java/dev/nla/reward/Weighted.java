package dev.nla.reward;

import dev.nla.model.InputException;

/**
 * A term of a mixture.
 *
 * @param weight what its reward is multiplied by; finite, not negative
 * @param reward the term
 */
public record Weighted(double weight, Reward reward) {
    /** Checks the weight. */
    public Weighted {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw InputException.usage(
                    "the weight of reward %s is %s, expected a finite number that is not negative",
                    reward.name(), weight);
        }
    }
}
