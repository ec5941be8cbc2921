package dev.nla.train.config.run;

import dev.nla.train.config.setting.Setting;

/** How parameters are updated: AdamW with decoupled weight decay, clipping by the global norm, and a schedule. */
public record OptimizerSettings(
        @Setting(value = "3e-4", range = "(0, inf)", meaning = "highest learning rate of the schedule")
        double learningRate,

        @Setting(value = "0", range = "[0, inf)", meaning = "decoupled weight decay")
        double weightDecay,

        @Setting(value = "0.9", range = "[0, 1)", meaning = "AdamW's decay of the first moment")
        double adamBeta1,

        @Setting(value = "0.999", range = "[0, 1)", meaning = "AdamW's decay of the second moment")
        double adamBeta2,

        @Setting(value = "1e-8", range = "(0, inf)", meaning = "AdamW's epsilon")
        double adamEpsilon,

        @Setting(value = "1", range = "[0, inf)", meaning = "global L2 norm that gradients are clipped to, 0 for never")
        double maxGradNorm,

        @Setting(value = "linear", meaning = "course of the learning rate")
        LrSchedulerType lrSchedulerType,

        @Setting(value = "0", range = "[0, 1]", meaning = "share of all steps spent warming up")
        double warmupRatio,

        @Setting(value = "0", range = "[0, inf)", meaning = "steps spent warming up; over 0 it overrides warmup_ratio")
        int warmupSteps,

        @Setting(
                value = "10",
                range = "[1, inf)",
                meaning = "skipped steps (loss or gradient not finite) after which the run is given up",
                mayChange = true)
        int maxBadSteps) {

    /** Warm-up steps of a run of {@code totalSteps}, by transformers' rule. */
    public int warmupSteps(int totalSteps) {
        return warmupSteps > 0 ? warmupSteps : (int) Math.ceil(totalSteps * warmupRatio);
    }
}
