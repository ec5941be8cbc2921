package dev.nla.train.config.policy;

import dev.nla.model.InputException;
import dev.nla.reward.advantage.ScaleRewards;
import dev.nla.reward.policy.LossType;
import dev.nla.train.config.setting.Setting;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The policy loss, by trl's names. */
public record PolicySettings(
        @Setting(
                value = "0",
                range = "[0, inf)",
                meaning = "weight of the k3 KL term to the verbalizer that the stage starts from, 0 for none")
        double beta,

        @Setting(
                value = "0",
                range = "[0, inf)",
                meaning =
                        "weight of the supervised loss on the rows' own descriptions beside the reward, which alone forgets what the critic cannot hear; 0 for none")
        double sftWeight,

        @Setting(value = "0.2", range = "(0, 1]", meaning = "clip range below 1 of the probability ratio")
        double epsilon,

        @Setting(value = "auto", range = "(0, 1e6]", meaning = "clip range above 1; auto is epsilon")
        OptionalDouble epsilonHigh,

        @Setting(value = "none", range = "(1, 1e9]", meaning = "upper bound of the ratio whatever the advantage's sign")
        OptionalDouble delta,

        @Setting(value = "dapo", meaning = "how token losses are averaged")
        LossType lossType,

        @Setting(value = "group", meaning = "standard deviation that advantages are divided by")
        ScaleRewards scaleRewards,

        @Setting(value = "1", range = "[1, inf)", meaning = "updates made with the same rollouts")
        int numIterations,

        @Setting(
                value = "2",
                range = "[1, inf)",
                meaning =
                        "bound of a token's weight exp(training - rollout log-probability) where rollout_dtype is not the training format")
        double importanceSamplingCap,

        @Setting(
                value = "auto",
                range = "[1, inf)",
                meaning = "most descriptions in one forward and backward pass; auto is all of a batch")
        OptionalInt microBatchSize,

        @Setting(
                value = "1024",
                range = "[1, inf)",
                meaning =
                        "most tokens, padding counted, of one forward and backward pass; more take several, with the same gradient")
        int microBatchTokens) {
    /** Checks that the two-sided bound lies outside the clip range. */
    public PolicySettings {
        if (delta.isPresent() && delta.getAsDouble() <= 1 + epsilonHigh.orElse(epsilon)) {
            throw InputException.usage(
                    "delta is %s, expected more than 1 + epsilon_high (%s)",
                    delta.getAsDouble(), 1 + epsilonHigh.orElse(epsilon));
        }
    }

    /** The clip range above 1. */
    public double upperEpsilon() {
        return epsilonHigh.orElse(epsilon);
    }
}
