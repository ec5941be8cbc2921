package dev.nla.eval.suite;

import java.util.List;

/** What turns descriptions back into vectors: a reconstructor, or a stand-in. */
@FunctionalInterface
public interface TextReader {
    /** Vectors of texts, [n][d]. */
    float[][] reconstruct(List<String> texts);
}
