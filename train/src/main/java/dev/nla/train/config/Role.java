package dev.nla.train.config;

/** Which adapter supervised fine-tuning makes. */
public enum Role implements Choice {
    /** Puts an activation into words (AV). */
    VERBALIZER,
    /** Turns words back into an activation (AR). */
    RECONSTRUCTOR
}
