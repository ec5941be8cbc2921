package dev.nla.model.decoder;

import dev.nla.model.lora.LoraAdapter;

/** Whether a call computes gradients and drops out. */
public enum Mode {
    /** No gradients, no dropout. */
    INFERENCE,
    /** Gradients to the adapter, no dropout. */
    GRADIENT,
    /** Gradients to the adapter, with the adapter's dropout. */
    TRAINING,
    /**
     * Gradients to the adapter with less memory: the backward pass, {@link Decoder#backward}, computes every block's activations again.
     * Refuses adapters with dropout, which would drop other numbers then.
     */
    RECOMPUTING;

    boolean gradient() {
        return this != INFERENCE;
    }

    float dropout(LoraAdapter adapter) {
        return this == TRAINING ? (float) adapter.spec().dropout() : 0f;
    }
}
