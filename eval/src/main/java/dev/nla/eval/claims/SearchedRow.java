package dev.nla.eval.claims;

import java.util.List;

/**
 * A row whose description was searched.
 *
 * @param document the row's document
 * @param measured its claims, with what speaks for them: those of its greedy description and of its samples
 * @param searched claims of the searched description
 * @param text the searched description
 * @param greedyCosine how near the greedy description brings the reconstruction, centred
 * @param searchedCosine how near the searched one does
 * @param heard how many texts the critic was asked about
 */
public record SearchedRow(
        String document,
        RowClaims measured,
        List<MeasuredClaim> searched,
        String text,
        double greedyCosine,
        double searchedCosine,
        int heard) {
    /** Copies the claims. */
    public SearchedRow {
        searched = List.copyOf(searched);
    }

    /** The claims of the greedy description. */
    List<MeasuredClaim> greedy() {
        return measured.claims().stream().filter(MeasuredClaim::greedy).toList();
    }
}
