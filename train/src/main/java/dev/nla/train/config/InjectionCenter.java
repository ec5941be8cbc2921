package dev.nla.train.config;

/** What is subtracted from an activation before it is rescaled and injected. */
public enum InjectionCenter implements Choice {
    /** Nothing, as in the published adapters. */
    NONE,
    /** The mean activation of the train split, which then travels with the adapter. */
    MEAN
}
