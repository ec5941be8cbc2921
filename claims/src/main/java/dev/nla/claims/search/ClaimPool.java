package dev.nla.claims.search;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimedDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * What descriptions of one activation state.
 *
 * @param claims each once, with the first description that states it
 */
record ClaimPool(List<Stated> claims) {
    /** A claim where it was first stated. */
    record Stated(Claim claim, ClaimedDescription in) {}

    /** Of descriptions, the greedy one first. */
    static ClaimPool of(List<ClaimedDescription> descriptions) {
        ClaimPool pool = new ClaimPool(new ArrayList<>());
        for (ClaimedDescription description : descriptions) {
            for (Claim claim : description.claims()) {
                if (!pool.states(claim)) {
                    pool.claims.add(new Stated(claim, description));
                }
            }
        }
        return pool;
    }

    /** Whether one of the descriptions states a claim. */
    boolean states(Claim claim) {
        return claims.stream().anyMatch(stated -> stated.claim().saysTheSameAs(claim));
    }
}
