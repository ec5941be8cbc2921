package dev.nla.serve.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The activations of texts at every token: of those that were asked for more than once or alone; those that were used last stay. Not safe for use by several
 * threads.
 */
final class KeptTexts {
    private static final long MOST = 64 << 20;
    /** The part of Java's memory that they may take. */
    private static final int PART = 16;
    /** Texts that are remembered to have been asked for. */
    private static final int REMEMBERED = 64;

    private final long most;
    private final Map<Text, float[][]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Text, Integer> asked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long bytes;

    /** Keeps 64 MiB of activations, or less where Java has little memory. */
    KeptTexts() {
        this(Math.min(MOST, Runtime.getRuntime().maxMemory() / PART));
    }

    /** Keeps at most so many bytes. */
    KeptTexts(long most) {
        this.most = most;
    }

    /** A text as the model reads it, up to a block. */
    record Text(int layer, long[] tokens) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Text text && text.layer == layer && Arrays.equals(text.tokens, tokens);
        }

        @Override
        public int hashCode() {
            return 31 * layer + Arrays.hashCode(tokens);
        }
    }

    /** The activations at all tokens of a text, {@code [tokens][d]}, where they are there. */
    Optional<float[][]> find(long[] tokens, int layer) {
        return Optional.ofNullable(kept.get(new Text(layer, tokens)));
    }

    /** Remembers that a text was asked for. */
    void ask(long[] tokens, int layer) {
        asked.merge(new Text(layer, tokens), 1, Integer::sum);
    }

    /** Whether it is worth reading all of a text: it was asked for more than once, and there is room for it. */
    boolean worthAll(long[] tokens, int layer, int width) {
        return asked.getOrDefault(new Text(layer, tokens), 0) > 1 && fits(tokens, width);
    }

    /** Whether there is room for a text. */
    boolean fits(long[] tokens, int width) {
        return size(tokens.length, width) <= most;
    }

    /** Keeps a text, and lets go of others where there is no room for all. */
    void keep(long[] tokens, int layer, float[][] activations) {
        float[][] before = kept.put(new Text(layer, tokens), activations);
        bytes += size(activations) - (before == null ? 0 : size(before));
        var oldest = kept.entrySet().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    private static long size(float[][] activations) {
        return size(activations.length, activations[0].length);
    }

    private static long size(int tokens, int width) {
        return (long) Float.BYTES * tokens * width;
    }
}
