package dev.nla.eval.suite;

import dev.nla.model.verbalizer.Description;
import java.util.List;

/** What puts vectors into words, as far as a suite has to know it: a verbalizer, or a stand-in. */
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

    /** How surprised it is by descriptions, one a row, given vectors [N][d] to read. */
    TextLoss loss(List<String> descriptions, float[][] vectors);

    /** The character whose embedding is replaced; no description should hold it. */
    String marker();
}
