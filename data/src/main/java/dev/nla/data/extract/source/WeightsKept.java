package dev.nla.data.extract.source;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/** How a model that reads texts keeps its weights. */
public enum WeightsKept {
    /** Streamed where they do not fit the memory that is free. */
    AUTO,
    /** All in memory. */
    HELD,
    /** Read block by block, once for many texts. */
    STREAMED;

    /** What Java and torch take beside weights and batches. */
    private static final long BESIDE = 512L << 20;

    /** Reads {@code auto}, {@code held} or {@code streamed}. */
    public static WeightsKept parse(String key, String value) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(value))
                .findFirst()
                .orElseThrow(() -> InputException.usage("%s is '%s': give auto, held or streamed", key, value));
    }

    /** As it is written. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether weights are to be read block by block.
     *
     * @param weights bytes of those that are needed
     * @param batch bytes that a batch takes beside them
     * @param free bytes that the process may take, where that is known
     */
    public boolean streams(long weights, long batch, OptionalLong free) {
        return this == STREAMED || this == AUTO && free.isPresent() && weights + batch + BESIDE > free.getAsLong();
    }
}
