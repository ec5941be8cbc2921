package dev.nla.train.config;

/** Where negatives are drawn from. */
public enum NegativePool implements Choice {
    /** Anywhere in the train split. */
    RANDOM,
    /** The nearest neighbours. */
    NEAREST,
    /** Half from each. */
    MIXED
}
