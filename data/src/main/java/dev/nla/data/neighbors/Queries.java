package dev.nla.data.neighbors;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.model.parts.Piece;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows whose neighbours are searched.
 *
 * @param split among whose rows; none for all
 * @param piece which of these rows
 */
record Queries(Optional<Split> split, Piece piece) {
    /** The rows that may be neighbours. */
    int[] candidates(ActivationDataset dataset) {
        return split.map(dataset::rowsOf)
                .orElseGet(() -> IntStream.range(0, dataset.size()).toArray());
    }

    /** The rows whose neighbours are searched, of the candidates. */
    int[] of(int[] candidates) {
        return Arrays.copyOfRange(candidates, piece.begin(), piece.end());
    }
}
