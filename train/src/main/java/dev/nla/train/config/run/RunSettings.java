package dev.nla.train.config.run;

import dev.nla.train.config.setting.Located;
import dev.nla.train.config.setting.Setting;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Where things come from and go to, and what makes the run repeatable. */
public record RunSettings(
        @Setting(meaning = "base model, as Hugging Face lays it out")
        Located model,

        @Setting(
                meaning =
                        "activation dataset, a folder made by nla data extract; for lm a file of requests and answers")
        Path data,

        @Setting(meaning = "run folder to make", mayChange = true)
        Path outputDir,

        @Setting(value = "0", range = "[0, inf)", meaning = "seed of data order, LoRA start, dropout and sampling")
        long seed,

        @Setting(value = "auto", meaning = "number format of the base model; auto measures which is faster")
        ComputeDtype computeDtype,

        @Setting(
                value = "same",
                meaning =
                        "how the frozen base model holds the weights of its blocks: same as computed, or rounded and widened block by block, which takes less memory and needs gradient_checkpointing")
        BaseDtype baseDtype,

        @Setting(
                value = "false",
                meaning =
                        "compute activations again in the backward pass instead of keeping them: less memory, a third more time")
        boolean gradientCheckpointing,

        @Setting(value = "auto", range = "[1, 1024]", meaning = "CPU threads of the engine", mayChange = true)
        OptionalInt threads,

        @Setting(value = "0", range = "[0, inf)", meaning = "train on the first so many rows of the split, 0 for all")
        int trainRows,

        @Setting(
                value = "all",
                meaning =
                        "documents of the split to train on; a reconstructor of one half judges what was trained with one of the other")
        TrainDocuments trainDocuments) {}
