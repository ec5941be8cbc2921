package dev.nla.model.decoder;

import java.util.List;

/**
 * Places in a {@link TokenBatch}: entry k is column {@code columns[k]} of row {@code rows[k]}, both counted from 0, the shared prefix
 * not counted.
 */
public record Positions(int[] rows, int[] columns) {
    public Positions {
        if (rows.length != columns.length || rows.length == 0) {
            throw new IllegalArgumentException(rows.length + " rows and " + columns.length + " columns");
        }
    }

    /** The last token of every row. */
    public static Positions lastOf(List<long[]> tokens) {
        int[] rows = new int[tokens.size()];
        int[] columns = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
            columns[i] = tokens.get(i).length - 1;
        }
        return new Positions(rows, columns);
    }

    /** Number of places. */
    public int size() {
        return rows.length;
    }

    /** Indices into the padded batch flattened to {@code [rows * width]}. */
    long[] flat(int width) {
        long[] flat = new long[rows.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (long) rows[i] * width + columns[i];
        }
        return flat;
    }
}
