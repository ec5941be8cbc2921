package dev.nla.train.config.run;

import dev.nla.train.config.setting.Choice;

/** Course of the learning rate, by transformers' names and formulas. */
public enum LrSchedulerType implements Choice {
    /** The same rate throughout; warm-up settings are ignored. */
    CONSTANT,
    /** A linear rise, then the same rate. */
    CONSTANT_WITH_WARMUP,
    /** A linear rise, then a line down to zero at the last step. */
    LINEAR,
    /** A linear rise, then half a cosine wave down to zero at the last step. */
    COSINE
}
