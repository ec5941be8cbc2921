package dev.nla.data.dataset;

import dev.nla.model.gap.CenteringMean;

/** Numbered activations of one length, wherever they are kept: {@code size()} rows of {@code dimension()} float32 numbers. */
public interface Activations {
    /** How many there are. */
    int size();

    /** How long each is. */
    int dimension();

    /** A fresh copy of row {@code row}, [d]. */
    float[] activation(int row);

    /** Fresh copies of these rows in this order, [rows][d]. */
    default float[][] activations(int[] rows) {
        float[][] copies = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copies[i] = activation(rows[i]);
        }
        return copies;
    }

    /** The mean of these rows, read one by one, which rows far longer than the others are left out of; at least one row must be given. */
    default CenteringMean centering(int[] rows) {
        return CenteringMean.of(rows.length, i -> activation(rows[i]));
    }

    /** The vector of {@link #centering}, [d]. */
    default float[] mean(int[] rows) {
        return centering(rows).vector();
    }

    /** Activations that are in memory already; all must be of one length. */
    static Activations of(float[][] rows) {
        return new ArrayActivations(rows);
    }
}
