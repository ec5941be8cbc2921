package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** Whether vectors are compared as they are or about the train split's mean. */
public enum Similarity implements Choice {
    /** As they are. */
    RAW,
    /** After subtracting the train split's mean activation from both. */
    CENTERED
}
