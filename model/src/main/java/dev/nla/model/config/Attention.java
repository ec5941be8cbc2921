package dev.nla.model.config;

/**
 * What a block's attention sees.
 *
 * @param rope the rotary embedding
 * @param window how many tokens a token attends to, itself included; 0: all before it
 */
public record Attention(Rope rope, int window) {
    /** Checks the window. */
    public Attention {
        if (window < 0) {
            throw new IllegalArgumentException("a window of " + window + " tokens");
        }
    }
}
