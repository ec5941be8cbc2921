package dev.nla.eval.claims;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.truth.SlotTruth;
import java.util.List;

/**
 * What a description could have said, and how much of it one said; see {@link SlotTruth#known}.
 *
 * @param known how many claims could have been made
 * @param stated how many of them were
 */
record Recall(int known, int stated) {
    /** Of the claims made about a row. */
    static Recall of(List<Claim> said, RowClaims row, SlotTruth truth) {
        List<Claim> wanted = truth.known(row.labels());
        return new Recall(wanted.size(), (int) wanted.stream()
                .filter(each -> said.stream().anyMatch(each::saysTheSameAs))
                .count());
    }
}
