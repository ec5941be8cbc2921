package dev.nla.data.dataset;

/** Activations in memory. */
record ArrayActivations(float[][] rows) implements Activations {
    ArrayActivations {
        for (float[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException("rows of " + rows[0].length + " and " + row.length + " numbers");
            }
        }
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public int dimension() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    @Override
    public float[] activation(int row) {
        return rows[row].clone();
    }
}
