package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** What a description earns. */
public enum RewardKind implements Choice {
    /** How near its reconstruction comes to its own activation. */
    ROUND_TRIP,
    /** Nearness to its own activation minus nearness to negatives. */
    CONTRASTIVE,
    /** The same against negatives among the nearest neighbours. */
    HARD_NEGATIVE,
    /** The log-probability of picking its own activation among the neighbours. */
    INFO_NCE,
    /** Nothing of its own: rewards from outside are all there is. */
    NONE
}
