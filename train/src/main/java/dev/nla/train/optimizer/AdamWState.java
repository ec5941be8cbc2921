package dev.nla.train.optimizer;

/**
 * What AdamW remembers between steps.
 *
 * @param steps updates made so far
 * @param firstMoment running mean of the gradient, [n]
 * @param secondMoment running mean of its square, [n]
 */
public record AdamWState(long steps, float[] firstMoment, float[] secondMoment) {
    /** Checks that the moments are of one length. */
    public AdamWState {
        if (steps < 0 || firstMoment.length != secondMoment.length) {
            throw new IllegalArgumentException("moments of " + firstMoment.length + " and " + secondMoment.length
                    + " values after " + steps + " steps");
        }
    }
}
