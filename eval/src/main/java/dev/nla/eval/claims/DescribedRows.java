package dev.nla.eval.claims;

import dev.nla.claims.described.ClaimedActivation;
import dev.nla.data.dataset.Row;
import java.util.List;

/**
 * Rows with what a verbalizer wrote about them.
 *
 * @param part what the rows are called, such as the name of their split
 * @param rows of a dataset
 * @param activations theirs, with what is claimed about them
 */
public record DescribedRows(String part, List<Row> rows, List<ClaimedActivation> activations) {
    /** Copies both. */
    public DescribedRows {
        rows = List.copyOf(rows);
        activations = List.copyOf(activations);
    }
}
