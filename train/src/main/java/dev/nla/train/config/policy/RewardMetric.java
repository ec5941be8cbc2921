package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** How the nearness of two vectors becomes a reward. */
public enum RewardMetric implements Choice {
    /** Their cosine. */
    COSINE,
    /** Minus the mean squared error of the scaled vectors. */
    MSE,
    /** Minus the logarithm of that error. */
    LOG_MSE
}
