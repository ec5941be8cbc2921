package dev.nla.reward.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The clipped policy-gradient loss of GRPO and its kin, as trl has it: a token's loss is
 * -min(ratio * A, clip(ratio) * A) + beta * k3, with ratio = exp(new - old) and k3 = exp(ref - new) - (ref - new) - 1; how tokens are
 * summed is the {@link LossType}. Tokens that were written in another number type than the policy learns in are weighted by
 * min(exp(old - sampled), cap), a truncated importance ratio (Yao et al. 2025).
 *
 * @param type how tokens are summed
 * @param clip bounds of the ratio
 * @param beta weight of the divergence from the reference; 0: none
 * @param maxCompletionLength most tokens of a description, the constant of {@link LossType#DR_GRPO}
 */
public record GrpoLoss(LossType type, ClipRange clip, double beta, int maxCompletionLength) {
    /** Checks the numbers. */
    public GrpoLoss {
        if (!(beta >= 0) || Double.isInfinite(beta)) {
            throw InputException.usage("beta is %s, expected a number that is not negative", beta);
        }
        if (maxCompletionLength < 1) {
            throw InputException.usage("max_completion_length is %d, expected at least 1", maxCompletionLength);
        }
    }

    /**
     * A loss with its metrics.
     *
     * @param value float32 scalar [], with gradient to the log-probabilities; owned by their manager
     * @param metrics what is logged
     */
    public record Loss(NDArray value, PolicyMetrics metrics) {}

    /**
     * The part of the step's loss that {@code batch} contributes. Intermediate arrays belong to the manager of the batch's
     * log-probabilities, which may be closed once the gradient is taken.
     */
    public Loss of(PolicyBatch batch, StepTotals step) {
        if (beta > 0 && batch.reference().isEmpty()) {
            throw new IllegalArgumentException("beta is " + beta + " and there are no reference log-probabilities");
        }
        NDArray now = batch.logProbabilities();
        NDManager manager = now.getManager();
        NDArray mask = batch.layout().mask(manager);
        NDArray advantages = batch.layout().spread(manager, narrow(batch.advantages()));
        NDArray old = batch.old().orElseGet(now::stopGradient);
        NDArray ratio = onTokens(now.sub(old), mask).exp();
        NDArray losses = clippedLosses(ratio, advantages);
        Optional<PolicyMetrics.Mismatch> mismatch = Optional.empty();
        if (batch.sampled().isPresent()) {
            PolicyBatch.Sampled sampled = batch.sampled().get();
            NDArray difference = onTokens(old.sub(sampled.logProbabilities()), mask);
            NDArray importance = difference.exp();
            losses = losses.mul(importance.clip(0, sampled.cap()));
            mismatch = Optional.of(new PolicyMetrics.Mismatch(
                    mean(difference.abs(), mask),
                    mean(importance, mask),
                    mean(importance.gt(sampled.cap()).toType(mask.getDataType(), false), mask)));
        }
        OptionalDouble kl = OptionalDouble.empty();
        if (batch.reference().isPresent()) {
            NDArray divergence =
                    divergence(onTokens(now.sub(batch.reference().get()).neg(), mask));
            // A factor made by mul(double) would be freed before the backward pass reads it.
            losses = beta > 0 ? losses.add(divergence.mul(manager.create((float) beta))) : losses;
            kl = OptionalDouble.of(mean(divergence.stopGradient(), mask));
        }
        float[] perToken = type.weights(batch.layout().lengths(), step, maxCompletionLength);
        NDArray weights = mask.mul(batch.layout().spread(manager, perToken));
        return new Loss(losses.mul(weights).sum(), metrics(ratio.stopGradient(), advantages, mask, kl, mismatch));
    }

    private NDArray clippedLosses(NDArray ratio, NDArray advantages) {
        NDArray clipped = ratio.clip(1 - clip.low(), 1 + clip.high());
        NDArray bounded = clip.delta().isPresent() ? ratio.clip(0, clip.delta().getAsDouble()) : ratio;
        return bounded.mul(advantages).minimum(clipped.mul(advantages)).neg();
    }

    /** Schulman's k3 estimate, from {@code logRatio} = ref - new. */
    private static NDArray divergence(NDArray logRatio) {
        return logRatio.exp().sub(logRatio).sub(1);
    }

    /** Zero where there is no token, so that whatever stands there can neither overflow nor send back a gradient. */
    private static NDArray onTokens(NDArray values, NDArray mask) {
        return NDArrays.where(mask.gt(0), values, values.zerosLike());
    }

    private PolicyMetrics metrics(
            NDArray ratio,
            NDArray advantages,
            NDArray mask,
            OptionalDouble kl,
            Optional<PolicyMetrics.Mismatch> mismatch) {
        NDArray low = ratio.lt(1 - clip.low()).logicalAnd(advantages.lt(0));
        NDArray high = ratio.gt(1 + clip.high()).logicalAnd(advantages.gt(0));
        double clippedLow = mean(low.toType(mask.getDataType(), false), mask);
        double clippedHigh = mean(high.toType(mask.getDataType(), false), mask);
        return new PolicyMetrics(
                (long) mask.sum().getFloat(), kl, clippedLow, clippedHigh, clippedLow + clippedHigh, mismatch);
    }

    private static double mean(NDArray values, NDArray mask) {
        return values.mul(mask).sum().getFloat() / Math.max(1, mask.sum().getFloat());
    }

    private static float[] narrow(double[] values) {
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }
}
