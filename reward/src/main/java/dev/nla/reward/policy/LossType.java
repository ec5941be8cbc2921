package dev.nla.reward.policy;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the losses of single tokens become one number: each is a weighted sum, and the types differ in the weights only. Weights are
 * such that the losses of the micro-batches of an optimizer step add up to the loss of the step.
 */
public enum LossType {
    /** Mean over each description's tokens, then over descriptions (Shao et al., 2024). */
    GRPO,
    /** Mean over all tokens of the micro-batch (trl). */
    BNPO,
    /** Sum over tokens divided by the constant {@code max_completion_length} (Liu et al., 2025). */
    DR_GRPO,
    /** Mean over all tokens of the optimizer step (Yu et al., 2025). */
    DAPO;

    /** Reads the value of {@code loss_type}. */
    public static LossType parse(String value) {
        for (LossType type : values()) {
            if (type.key().equals(value)) {
                return type;
            }
        }
        throw InputException.usage(
                "loss_type is '%s', expected one of %s",
                value, Arrays.stream(values()).map(LossType::key).collect(Collectors.joining(", ")));
    }

    /** The value in configs. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The weight of each description's tokens.
     *
     * @param lengths [B], tokens of the micro-batch's descriptions
     * @param step of the whole optimizer step
     * @param maxCompletionLength most tokens of a description
     * @return [B]
     */
    float[] weights(int[] lengths, StepTotals step, int maxCompletionLength) {
        double tokens = Math.max(1, Arrays.stream(lengths).asLongStream().sum());
        double part = (double) lengths.length / step.descriptions();
        float[] weights = new float[lengths.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float)
                    switch (this) {
                        case GRPO -> 1.0 / Math.max(1, lengths[i]) / step.descriptions();
                        case BNPO -> part / tokens;
                        case DR_GRPO -> 1.0 / step.descriptions() / maxCompletionLength;
                        case DAPO -> 1.0 / Math.max(1, step.tokens());
                    };
        }
        return weights;
    }
}
