package dev.nla.train.config.adapter;

import dev.nla.train.config.setting.Choice;

/** Which rows a reconstruction is told apart from in the contrastive loss. */
public enum InfoNceNegatives implements Choice {
    /** The other rows of the batch. */
    BATCH,
    /** Each row's nearest rows of the train split. */
    NEAREST,
    /** Both. */
    BOTH
}
