package dev.nla.data.dataset;

/** Numbered vectors of one length, wherever they are kept: {@code size()} rows of {@code dimension()} float32 numbers. */
public interface Vectors {
    /** How many there are. */
    int size();

    /** How long each is. */
    int dimension();

    /** A fresh copy of row {@code row}, [d]. */
    float[] vector(int row);

    /** Vectors that are in memory already; rows are copied out, all must be of one length. */
    static Vectors of(float[][] rows) {
        return new ArrayVectors(rows);
    }
}
