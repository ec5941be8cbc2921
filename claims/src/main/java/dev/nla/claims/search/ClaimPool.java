package dev.nla.claims.search;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimedDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * The claims that descriptions of one activation state, each once, with the first description that states it.
 *
 * @param sources the descriptions, the greedy one first
 */
record ClaimPool(List<ClaimedDescription> sources) {
    /** A claim where it was first stated. */
    record Stated(Claim claim, ClaimedDescription in) {}

    boolean isEmpty() {
        return sources.stream().allMatch(source -> source.claims().isEmpty());
    }

    /** Whether one of the descriptions states a claim. */
    boolean states(Claim claim) {
        return sources.stream().anyMatch(source -> source.find(claim).isPresent());
    }

    List<Stated> claims() {
        List<Stated> pool = new ArrayList<>();
        for (ClaimedDescription source : sources) {
            for (Claim claim : source.claims()) {
                if (pool.stream().noneMatch(other -> other.claim().saysTheSameAs(claim))) {
                    pool.add(new Stated(claim, source));
                }
            }
        }
        return pool;
    }
}
