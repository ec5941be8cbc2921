package dev.nla.eval.describe;

import dev.nla.model.verbalizer.Description;
import java.util.List;
import java.util.function.IntConsumer;

/** What puts vectors into words, as far as an evaluation has to know it: a verbalizer, or a stand-in. */
public interface Describer {
    /**
     * Describes vectors.
     *
     * @param vectors [n][d]
     * @param seeds [n]; the descriptions of a vector depend on its own seed alone
     * @return of each vector {@link #samples()} descriptions
     */
    List<List<Description>> describe(float[][] vectors, long[] seeds);

    /** Descriptions of each vector. */
    int samples();

    /** How many vectors are described together: more in one call are described in several steps. */
    int atOnce();

    /**
     * How surprised it is by descriptions, given vectors to read.
     *
     * @param descriptions one a vector
     * @param vectors [N][d]
     * @param done hears how many vectors are read
     */
    TextLoss loss(List<String> descriptions, float[][] vectors, IntConsumer done);

    /** The character whose embedding is replaced; no description should hold it. */
    String marker();
}
