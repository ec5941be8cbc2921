package dev.nla.train.config.adapter;

import dev.nla.train.config.setting.Setting;
import java.nio.file.Path;

/** The adapters that policy optimization starts from. */
public record AdapterSettings(
        @Setting(meaning = "adapter folder of the verbalizer to train")
        Path verbalizer,

        @Setting(meaning = "adapter folder of the reconstructor that scores descriptions")
        Path reconstructor) {}
