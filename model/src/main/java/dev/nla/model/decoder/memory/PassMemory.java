package dev.nla.model.decoder.memory;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;

/**
 * How many bytes torch takes at most for one batch, beside the weights: pure arithmetic over shapes, meant to lie above what is measured.
 * What a process keeps of earlier batches is taken again by later ones and counts once.
 *
 * @param config the model
 * @param type of its matrix products
 */
public record PassMemory(ModelConfig config, ComputeType type) {
    /** Numbers of a vocabulary's width that drawing a token takes: logits, their quotient, exponentials and running sums. */
    private static final int DRAWN = 5;
    /** The same with top-p, which sorts them: values and places as well, each of them again as they are cut. */
    private static final int SORTED = 14;

    /** Numbers of weights in 4 bits that are widened at a time, where many rows are multiplied by them, and bytes that each takes on the way. */
    private static final long WIDENED = 1L << 25;

    private static final int WIDENING = 5;

    private static final int FLOAT = 4;
    private static final long LOST = 16L << 20;

    /**
     * Completions of one kind.
     *
     * @param prefix tokens that all prompts begin with, which are read once
     * @param prompt further tokens of each prompt
     * @param limit most tokens of each completion
     * @param sorted whether tokens are drawn by top-p alone, which takes a sorted vocabulary
     */
    public record Writing(int prefix, int prompt, int limit, boolean sorted) {
        /** The same with another limit. */
        public Writing upTo(int most) {
            return new Writing(prefix, prompt, most, sorted);
        }
    }

    /**
     * Texts that are read together, through every block.
     *
     * @param rows texts
     * @param length tokens of the longest
     */
    public long reading(int rows, int length) {
        return withLosses(pass(rows, 0, length) + (long) FLOAT * 2 * rows * length * config.hiddenSize());
    }

    /**
     * Completions that are written together.
     *
     * @param samples of each prompt
     */
    public long writing(Writing each, int prompts, int samples) {
        int seen = each.prefix() + each.prompt() + each.limit();
        long completions = (long) prompts * samples;
        long read = cache(each.prefix()) + prompts * cache(each.prompt());
        // A completion begins with a copy of its prompt's keys and values, which is made by way of another.
        long written = completions * (cache(each.prompt() + each.limit()) + cache(each.prompt()));
        long drawn = completions * (each.sorted() ? SORTED : DRAWN) * FLOAT * config.vocabularySize();
        long step = completions * (place() + 3L * FLOAT * config.heads() * seen);
        return withLosses(pass(prompts, each.prefix(), each.prompt()) + read + written + drawn + step);
    }

    /** Allocators keep pieces that nothing fits into, and libraries take room to work in. */
    private static long withLosses(long bytes) {
        return bytes + bytes / 8 + LOST;
    }

    /** Keys and values of some places. */
    private long cache(int places) {
        return CacheBudget.each(config, type, places);
    }

    /** Rows behind a prefix, whose keys and values each of them sees beside its own. */
    private long pass(int rows, int prefix, int length) {
        long seen = 2L * rows * prefix * config.keyValueWidth() * type.bytes();
        return ((long) rows * length + prefix) * place()
                + seen
                + widened()
                + masks(length, prefix + length)
                + masks(prefix, prefix);
    }

    private long widened() {
        long largest = (long) config.hiddenSize() * Math.max(config.intermediateSize(), config.queryWidth());
        return type == ComputeType.INT4 ? WIDENING * Math.min(largest, WIDENED) : 0;
    }

    /** What a place takes in the block that is under way. */
    private long place() {
        long numbers = 6L * config.hiddenSize()
                + 4L * config.queryWidth()
                + 4L * config.keyValueWidth()
                + 4L * config.intermediateSize();
        // Norms are computed in single precision.
        long single = type.bytes() < FLOAT ? 2L * FLOAT * config.hiddenSize() : 0;
        return numbers * type.bytes() + single;
    }

    /** Who sees whom: one span of queries for each of the heads that share keys, and copies of it. */
    private long masks(int queries, int seen) {
        long copies = 2L * config.heads() / config.keyValueHeads() + 3;
        int kinds = config.attentionKinds().size();
        return kinds * copies * Math.min(queries, Decoder.SPAN) * seen * type.bytes();
    }
}
