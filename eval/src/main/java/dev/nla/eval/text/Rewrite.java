package dev.nla.eval.text;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A control that changes a description, to see what a reconstructor reads in it: its order, what it quotes, or its meaning. What becomes of a
 * description depends on nothing but its text, the seed and its number.
 */
public sealed interface Rewrite permits NoQuotesAndDigits, Synonyms, WordShuffle {
    /** Every rewrite there is. They may be shared by threads, and should be used again: the synonyms are loaded once for each. */
    static List<Rewrite> all() {
        return List.of(new WordShuffle(), new NoQuotesAndDigits(), new Synonyms());
    }

    /** What it is called in reports. */
    String key();

    /**
     * Changes one description.
     *
     * @param description any text
     * @param seed of the control
     * @param row the description's number in its set
     */
    Rewritten rewrite(String description, long seed, int row);

    /** Changes every description of a set, numbered by its place. */
    default List<Rewritten> rewrite(List<String> descriptions, long seed) {
        Rewritten[] all = new Rewritten[descriptions.size()];
        for (int row = 0; row < all.length; row++) {
            all[row] = rewrite(descriptions.get(row), seed, row);
        }
        return List.of(all);
    }

    /** The draws of one description. */
    static SplittableRandom random(long seed, int row) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + row);
    }
}
