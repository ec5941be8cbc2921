package dev.nla.train.config.run;

import dev.nla.train.config.setting.Setting;

/** When to log, evaluate on held-out rows and save, and when to stop early. */
public record ReportSettings(
        @Setting(value = "10", range = "[1, inf)", meaning = "steps between lines of metrics.jsonl")
        int loggingSteps,

        @Setting(value = "100", range = "[0, inf)", meaning = "steps between evaluations, 0 for only at the end")
        int evalSteps,

        @Setting(
                value = "100",
                range = "[0, inf)",
                meaning = "steps between checkpoints, 0 for only at the best evaluation and the end",
                mayChange = true)
        int saveSteps,

        @Setting(
                value = "3",
                range = "[0, inf)",
                meaning = "checkpoints to keep beside the best one, 0 for all",
                mayChange = true)
        int saveTotalLimit,

        @Setting(value = "512", range = "[0, inf)", meaning = "held-out rows of an evaluation, 0 for all")
        int maxEvalRows,

        @Setting(
                value = "0",
                range = "[0, inf)",
                meaning = "evaluations in a row without a better metric before stopping, 0 for never",
                mayChange = true)
        int earlyStoppingPatience,

        @Setting(
                value = "auto",
                meaning = "held-out metric that picks the best checkpoint; names that end in loss count as"
                        + " better when lower; auto is the stage's own")
        String metricForBestModel,

        @Setting(value = "4", range = "[0, inf)", meaning = "descriptions written to samples.jsonl an evaluation")
        int samplesPerEval,

        TrackerSettings trackers) {}
