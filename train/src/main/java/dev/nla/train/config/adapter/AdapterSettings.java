package dev.nla.train.config.adapter;

import dev.nla.train.config.setting.Located;
import dev.nla.train.config.setting.Setting;

/** The adapters that policy optimization starts from. */
public record AdapterSettings(
        @Setting(meaning = "verbalizer to train, an adapter")
        Located verbalizer,

        @Setting(meaning = "reconstructor that scores descriptions, an adapter")
        Located reconstructor) {}
