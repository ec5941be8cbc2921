package dev.nla.train.config.run;

import dev.nla.train.config.setting.Choice;

/** Number format of the frozen base model's weights and activations. */
public enum ComputeDtype implements Choice {
    /** The faster one on this machine, found by measuring a small matrix product. */
    AUTO,
    /** 32-bit floats. */
    FLOAT32,
    /** bfloat16, with float32 adapters. */
    BFLOAT16
}
