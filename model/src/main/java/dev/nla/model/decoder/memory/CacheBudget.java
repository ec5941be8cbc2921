package dev.nla.model.decoder.memory;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;

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
        return (int) Math.max(1, Math.min(MOST, BYTES / each(config, type, tokens)));
    }

    /** Bytes of the keys and values of {@code count} completions, or of as many of them as are decoded at a time. */
    public static long bytes(ModelConfig config, ComputeType type, int tokens, int count) {
        return Math.min(count, completions(config, type, tokens)) * each(config, type, tokens);
    }

    /** Bytes of the keys and values of so many tokens. */
    static long each(ModelConfig config, ComputeType type, int tokens) {
        return 2L * config.layers() * config.keyValueWidth() * type.bytes() * tokens;
    }
}
