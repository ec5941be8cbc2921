package dev.nla.model.stats;

import dev.nla.model.InputException;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap of rows that come in documents (Field and Welsh, 2007, "Bootstrapping clustered data"): documents are drawn with
 * replacement, each with all of its rows, many times over. Drawing rows one by one would take rows of the same document for independent
 * ones, and give intervals that are too narrow.
 *
 * @param resamples how many times; 10,000 where nothing else is asked
 * @param seed decides the draws, whatever the number of processors
 */
public record DocumentBootstrap(int resamples, long seed) {
    /** Resamples where nothing else is asked. */
    public static final int DEFAULT_RESAMPLES = 10_000;

    /** Checks the number of resamples. */
    public DocumentBootstrap {
        if (resamples < 1) {
            throw InputException.usage("bootstrap resamples are %d, expected at least 1", resamples);
        }
    }

    /** The draws of these documents. */
    public DocumentDraws of(Documents documents) {
        return new DocumentDraws(this, documents);
    }

    /** A random stream for every resample, the same at each call. */
    SplittableRandom[] streams() {
        return split(resamples, seed);
    }

    /** As many random streams, which depend on the seed alone. */
    static SplittableRandom[] split(int streams, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom[] split = new SplittableRandom[streams];
        for (int i = 0; i < streams; i++) {
            split[i] = random.split();
        }
        return split;
    }
}
