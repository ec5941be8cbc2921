package dev.nla.train.config;

import dev.nla.train.config.setting.Choice;
import java.util.Map;

/** The kinds of training run. Contrastive and hard-negative GRPO share one set of settings and differ in a few defaults. */
public enum Stage implements Choice {
    /** Supervised fine-tuning of the verbalizer or the reconstructor on description pairs. */
    SFT(SftConfig.class, Map.of()),
    /** Policy optimization against random negatives. */
    GRPO(GrpoConfig.class, Map.of("learning_rate", "5e-5", "per_device_train_batch_size", "8")),
    /** Policy optimization against the nearest neighbours. */
    HARDNEG(
            GrpoConfig.class,
            Map.of(
                    "learning_rate", "5e-5",
                    "per_device_train_batch_size", "8",
                    "reward", "hard_negative",
                    "negative_pool", "nearest")),
    /** Training of a small language model from nothing, on requests with answers. */
    LM(LmConfig.class, Map.of("learning_rate", "1e-3", "per_device_train_batch_size", "64"));

    private final Class<? extends Record> settings;
    private final Map<String, String> defaults;

    Stage(Class<? extends Record> settings, Map<String, String> defaults) {
        this.settings = settings;
        this.defaults = defaults;
    }

    /** The record whose components are this stage's settings. */
    Class<? extends Record> settings() {
        return settings;
    }

    /** Defaults in which this stage differs from those on the records, by key. */
    Map<String, String> defaults() {
        return defaults;
    }
}
