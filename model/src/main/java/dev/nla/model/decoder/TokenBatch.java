package dev.nla.model.decoder;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.List;

/**
 * Token rows that share a prefix: row i reads {@code prefix} followed by {@code rows.get(i)}. The prefix is computed once and attended
 * to by every row, which is the same mathematics as repeating it.
 *
 * @param prefix shared tokens, may be empty
 * @param rows at least one row of at least one token; rows of different length are padded on the right inside the kernels
 * @param vectors one vector of the model's width a row, or none at all: it replaces the embedding at {@code column} of its row
 * @param column index into each row, ignored without vectors
 */
public record TokenBatch(long[] prefix, List<long[]> rows, float[][] vectors, int column) {
    public TokenBatch {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a batch needs a row");
        }
        if (vectors.length != 0 && vectors.length != rows.size()) {
            throw new IllegalArgumentException(vectors.length + " vectors for " + rows.size() + " rows");
        }
        for (long[] row : rows) {
            if (row.length == 0) {
                throw InputException.data("a row of tokens is empty: every text needs at least one token");
            }
            if (vectors.length != 0 && column >= row.length) {
                throw new IllegalArgumentException("column " + column + " is outside a row of " + row.length);
            }
        }
    }

    /** Rows without a shared prefix and without injected vectors. */
    public static TokenBatch of(List<long[]> rows) {
        return new TokenBatch(new long[0], rows, new float[0][], 0);
    }

    /** Rows behind a shared prefix, without injected vectors. */
    public static TokenBatch of(long[] prefix, List<long[]> rows) {
        return new TokenBatch(prefix, rows, new float[0][], 0);
    }

    /** Whole token sequences, whose longest common beginning becomes the shared prefix; at least one token of each stays in its row. */
    public static TokenBatch sharingPrefix(List<long[]> sequences) {
        long[] first = sequences.get(0);
        int shared = sequences.stream().mapToInt(row -> row.length).min().orElseThrow() - 1;
        for (long[] row : sequences) {
            int mismatch = Arrays.mismatch(first, 0, Math.max(shared, 0), row, 0, Math.max(shared, 0));
            shared = mismatch < 0 ? shared : mismatch;
        }
        int length = sequences.size() == 1 ? 0 : Math.max(shared, 0);
        return of(
                Arrays.copyOf(first, length),
                sequences.stream()
                        .map(row -> Arrays.copyOfRange(row, length, row.length))
                        .toList());
    }

    /** Tokens of the longest row. */
    public int width() {
        return rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    }
}
