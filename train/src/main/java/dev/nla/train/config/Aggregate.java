package dev.nla.train.config;

/** How the nearness to several negatives becomes one number. */
public enum Aggregate implements Choice {
    /** The hardest. */
    MAX,
    /** The average. */
    MEAN,
    /** A soft maximum. */
    SOFTMAX
}
