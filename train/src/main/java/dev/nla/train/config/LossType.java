package dev.nla.train.config;

/** How token losses are averaged in policy optimization, by trl's names. */
public enum LossType implements Choice {
    /** Mean over a completion's tokens, then over completions. */
    GRPO,
    /** Mean over all tokens of the batch. */
    BNPO,
    /** Sum over tokens divided by completions times the maximal length. */
    DR_GRPO,
    /** Sum over tokens divided by all tokens of the whole optimizer step. */
    DAPO
}
