package dev.nla.reward;

/** One description a verbalizer wrote: either readable and reconstructed, or not. */
public sealed interface Rollout permits Attempt, Unparseable {}
