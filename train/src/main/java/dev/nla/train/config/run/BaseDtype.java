package dev.nla.train.config.run;

import dev.nla.train.config.setting.Choice;

/** How the frozen base model holds the weights of its blocks while an adapter learns. */
public enum BaseDtype implements Choice {
    /** In compute_dtype. */
    SAME,
    /** Rounded to 8 bits with a scale for each output; widened where they are multiplied. */
    INT8,
    /** Rounded to 4 bits with a step and a middle for 32 inputs of an output; widened likewise. */
    INT4
}
