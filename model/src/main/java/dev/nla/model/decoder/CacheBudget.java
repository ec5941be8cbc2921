package dev.nla.model.decoder;

import dev.nla.model.config.ModelConfig;

/** How many completions are decoded at a time: as many as keep their keys and values in a fixed share of memory, so that each step's products are wide. */
public final class CacheBudget {
    /** Keys and values of all completions that are decoded at a time, in bytes. */
    public static final long BYTES = 512L << 20;

    /** Wider products gain little on processors. */
    static final int MOST = 256;

    private CacheBudget() {}

    /**
     * Completions that fit.
     *
     * @param tokens tokens a completion holds of its own, the prompt's part after the shared prefix included
     * @return at least 1
     */
    public static int completions(ModelConfig config, ComputeType type, int tokens) {
        long each = 2L * config.layers() * config.keyValueWidth() * type.bytes() * tokens;
        return (int) Math.max(1, Math.min(MOST, BYTES / each));
    }
}
