package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Setting;
import java.util.OptionalInt;

/** How descriptions are sampled during policy optimization. */
public record RolloutSettings(
        @Setting(value = "8", range = "[2, 4096]", meaning = "descriptions sampled a text: one group")
        int numGenerations,

        @Setting(
                value = "auto",
                range = "[1, inf)",
                meaning = "most texts decoded at a time; auto is as many as memory for keys and values allows",
                mayChange = true)
        OptionalInt generationBatchSize,

        @Setting(
                value = "auto",
                meaning =
                        "number format of the base model that writes descriptions; where it is not the training one, the loss is corrected by importance_sampling_cap")
        RolloutDtype rolloutDtype,

        @Setting(value = "128", range = "[1, inf)", meaning = "longest description, in tokens; longer ones are cut")
        int maxCompletionLength,

        @Setting(value = "1", range = "(0, inf)", meaning = "sampling temperature")
        double temperature,

        @Setting(value = "0", range = "[0, inf)", meaning = "sample from so many likeliest tokens, 0 for all")
        int topK,

        @Setting(value = "1", range = "(0, 1]", meaning = "sample from the likeliest tokens of this joint probability")
        double topP) {}
