package dev.nla.eval.claims;

import dev.nla.claims.truth.LabelledRow;
import java.util.List;

/**
 * The claims about one row.
 *
 * @param labels what is true of it
 * @param claims of its greedy description and of its samples, each once
 */
public record RowClaims(LabelledRow labels, List<MeasuredClaim> claims) {
    /** Copies the claims. */
    public RowClaims {
        claims = List.copyOf(claims);
    }
}
