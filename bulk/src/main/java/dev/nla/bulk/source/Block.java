package dev.nla.bulk.source;

import java.util.List;
import java.util.function.Supplier;

/**
 * Some activations that are described together. How activations are put into blocks hangs on what is asked for alone, so that a run that
 * is gone on with has the same ones.
 *
 * @param size how many
 * @param places where they are from
 * @param vectors reads them, one a place in the same order, {@code [n][d]}
 */
public record Block(int size, Supplier<List<ActivationPlace>> places, Supplier<float[][]> vectors) {
    /** Reads it. */
    public Located read() {
        return new Located(places.get(), vectors.get());
    }
}
