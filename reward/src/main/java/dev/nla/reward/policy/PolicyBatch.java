package dev.nla.reward.policy;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * A micro-batch of described activations as the loss sees it. Per-token arrays are float32 of {@code layout.shape()}; what stands
 * where there is no token is never looked at. Nothing here is closed by the loss.
 *
 * @param logProbabilities of the tokens under the policy that learns; carries the gradient
 * @param old under the policy that wrote them; empty: that is the same policy (on-policy)
 * @param reference under the policy to stay near; needed where beta is not 0
 * @param sampled how likely the tokens were where they were written, if that was not in the same number type
 * @param layout where tokens are
 * @param advantages [B], one a description
 */
public record PolicyBatch(
        NDArray logProbabilities,
        Optional<NDArray> old,
        Optional<NDArray> reference,
        Optional<Sampled> sampled,
        TokenLayout layout,
        double[] advantages) {
    /**
     * The tokens' probabilities under the same policy in the number type that wrote them.
     *
     * @param logProbabilities float32 of {@code layout.shape()}
     * @param cap bound of the weight exp(old - sampled) that corrects a token's loss for the difference
     */
    public record Sampled(NDArray logProbabilities, double cap) {}

    /** Checks shapes. */
    public PolicyBatch {
        requireShape(logProbabilities, layout, "log-probabilities");
        old.ifPresent(array -> requireShape(array, layout, "old log-probabilities"));
        reference.ifPresent(array -> requireShape(array, layout, "reference log-probabilities"));
        sampled.ifPresent(written -> requireShape(written.logProbabilities(), layout, "sampled log-probabilities"));
        if (layout.lengths().length != advantages.length) {
            throw new IllegalArgumentException(
                    layout.lengths().length + " descriptions, " + advantages.length + " advantages");
        }
    }

    /** An on-policy batch without reference. */
    public static PolicyBatch onPolicy(NDArray logProbabilities, TokenLayout layout, double[] advantages) {
        return new PolicyBatch(
                logProbabilities, Optional.empty(), Optional.empty(), Optional.empty(), layout, advantages);
    }

    /** The same, written by a policy under which the tokens had {@code old} log-probabilities. */
    public PolicyBatch withOld(NDArray old) {
        return new PolicyBatch(logProbabilities, Optional.of(old), reference, sampled, layout, advantages);
    }

    /** The same, to stay near a policy under which the tokens have {@code reference} log-probabilities. */
    public PolicyBatch withReference(NDArray reference) {
        return new PolicyBatch(logProbabilities, old, Optional.of(reference), sampled, layout, advantages);
    }

    /** The same, written in another number type, in which the tokens had {@code sampled} log-probabilities. */
    public PolicyBatch withSampled(NDArray sampled, double cap) {
        Optional<Sampled> written = Optional.of(new Sampled(sampled, cap));
        return new PolicyBatch(logProbabilities, old, reference, written, layout, advantages);
    }

    private static void requireShape(NDArray array, TokenLayout layout, String name) {
        if (!array.getShape().equals(layout.shape())) {
            throw new IllegalArgumentException(name + " " + array.getShape() + ", tokens " + layout.shape());
        }
    }
}
