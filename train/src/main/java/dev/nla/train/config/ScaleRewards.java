package dev.nla.train.config;

/** Which standard deviation advantages are divided by. */
public enum ScaleRewards implements Choice {
    /** That of the group of completions of one text. */
    GROUP,
    /** That of all completions of the step. */
    BATCH,
    /** None: advantages are differences of rewards. */
    NONE
}
