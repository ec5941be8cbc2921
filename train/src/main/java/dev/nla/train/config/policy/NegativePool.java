package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** Where negatives are drawn from. */
public enum NegativePool implements Choice {
    /** Anywhere in the train split. */
    RANDOM,
    /** The nearest neighbours. */
    NEAREST,
    /** Half from each. */
    MIXED
}
