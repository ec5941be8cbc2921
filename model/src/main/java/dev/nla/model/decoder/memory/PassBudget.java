package dev.nla.model.decoder.memory;

import dev.nla.model.decoder.Decoder;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What may be computed together: as much as is quick, and no more than there is memory for. One text or completion that takes more than that
 * alone is for the caller to refuse.
 *
 * @param memory estimates what a batch takes
 * @param bytes that it may take beside the weights
 */
public record PassBudget(PassMemory memory, long bytes) {
    /** The budget of who does not look at memory. */
    public static PassBudget unbounded(Decoder decoder) {
        return new PassBudget(new PassMemory(decoder.config(), decoder.computeType()), Long.MAX_VALUE);
    }

    /** Whether there is memory to read a text of so many tokens alone. */
    public boolean reads(int length) {
        return memory.reading(1, length) <= bytes;
    }

    /** Most tokens of a text that can be read, at most the model's context; 0 where there is no memory for any. */
    public int longest() {
        return largest(memory.config().maxPositions(), this::reads);
    }

    /**
     * Cuts texts that are to be read, in the order in which they are given.
     *
     * @param lengths tokens of each
     * @param most texts of a part
     */
    public List<TokenRows.Part> parts(int[] lengths, int most) {
        return TokenRows.parts(
                lengths,
                (rows, longest) -> rows <= most
                        && (long) rows * longest <= TokenRows.PLACES
                        && memory.reading(rows, longest) <= bytes);
    }

    /** Most new tokens, up to its own limit, of a completion that is written alone; 0 where there is no memory for any. */
    public int limit(PassMemory.Writing each) {
        return largest(each.limit(), limit -> memory.writing(each.upTo(limit), 1, 1) <= bytes);
    }

    /** How many prompts with so many completions each are written together; at least 1. */
    public int prompts(PassMemory.Writing each, int samples) {
        return Math.max(1, largest(CacheBudget.MOST, prompts -> writes(each, prompts, samples)));
    }

    /** How many completions of each of so many prompts are written together; at least 1. */
    public int samples(PassMemory.Writing each, int prompts) {
        return Math.max(1, largest(CacheBudget.MOST, samples -> writes(each, prompts, samples)));
    }

    private boolean writes(PassMemory.Writing each, int prompts, int samples) {
        int most = CacheBudget.completions(memory.config(), memory.type(), each.prompt() + each.limit());
        return (long) prompts * samples <= most
                && (prompts == 1 || (long) prompts * each.prompt() <= TokenRows.PLACES)
                && memory.writing(each, prompts, samples) <= bytes;
    }

    /** The largest number from 1 on that fits, where all below one that fits do; 0 where none does. */
    private static int largest(int most, IntPredicate fits) {
        int fitting = 0;
        int beyond = most + 1;
        while (beyond - fitting > 1) {
            int middle = (fitting + beyond) >>> 1;
            if (fits.test(middle)) {
                fitting = middle;
            } else {
                beyond = middle;
            }
        }
        return fitting;
    }
}
