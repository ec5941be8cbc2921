package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** How the nearness to several negatives becomes one number. */
public enum NegativeAggregation implements Choice {
    /** The hardest. */
    MAX,
    /** The average. */
    MEAN,
    /** A soft maximum. */
    SOFTMAX
}
