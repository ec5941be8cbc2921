package dev.nla.data.dataset;

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

    /** The mean of these rows, summed in double precision and read one by one, [d]; at least one row must be given. */
    default float[] mean(int[] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no rows have no mean");
        }
        double[] sums = new double[dimension()];
        for (int row : rows) {
            float[] values = activation(row);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / rows.length);
        }
        return mean;
    }

    /** Activations that are in memory already; all must be of one length. */
    static Activations of(float[][] rows) {
        return new ArrayActivations(rows);
    }
}
