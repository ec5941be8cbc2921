package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** What becomes of the critic while the verbalizer is trained against it. */
public enum ReconstructorMode implements Choice {
    /** It stays as it was. */
    FROZEN,
    /** It is trained on the same rollouts. */
    ONLINE,
    /** It is trained on the same rollouts and scores with a moving average of its weights. */
    EMA
}
