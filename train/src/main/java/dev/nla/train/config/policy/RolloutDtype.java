package dev.nla.train.config.policy;

import dev.nla.train.config.setting.Choice;

/** Number format of the base model that writes rollouts. */
public enum RolloutDtype implements Choice {
    /** int8 on x86 processors where the model is wide enough to gain from it, else the format it trains in. */
    AUTO,
    /** 32-bit floats. */
    FLOAT32,
    /** bfloat16, with float32 adapters. */
    BFLOAT16,
    /** Weights and inputs of products rounded to 8 bits, with float32 adapters; processors only. */
    INT8,
    /** Weights of blocks rounded to 4 bits, everything else bfloat16; x86 processors only. Smaller than int8, and slower but for one or two rows. */
    INT4
}
