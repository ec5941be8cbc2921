package dev.nla.eval.describe;

import java.util.List;
import java.util.function.IntConsumer;

/** What turns descriptions back into vectors: a reconstructor, or a stand-in. */
@FunctionalInterface
public interface TextReader {
    /**
     * Vectors of texts, [n][d].
     *
     * @param texts each different from the others
     * @param done hears how many are read
     */
    float[][] reconstruct(List<String> texts, IntConsumer done);
}
