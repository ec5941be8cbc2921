package dev.nla.bulk.source;

import java.util.List;

/**
 * A block's activations as they were read.
 *
 * @param places where they are from
 * @param vectors one a place, {@code [n][d]}
 */
public record Located(List<ActivationPlace> places, float[][] vectors) {
    /** How many. */
    public int size() {
        return vectors.length;
    }
}
