package dev.nla.claims.described;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.ClaimedDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the descriptions of one activation state.
 *
 * @param descriptions the greedy one, then the samples
 * @param claims each once, at its place in the first description that states it: of the greedy one in its order, then of the samples
 */
public record ClaimPool(List<ClaimedDescription> descriptions, List<Stated> claims) {
    /**
     * A claim where it was first stated.
     *
     * @param by which description: 0 for the greedy one, above for the samples
     */
    public record Stated(Claim claim, int by) {}

    /** Copies both. */
    public ClaimPool {
        descriptions = List.copyOf(descriptions);
        claims = List.copyOf(claims);
    }

    /** Of what a verbalizer wrote about an activation. */
    static ClaimPool of(DescribedActivation activation, ClaimGrammar grammar) {
        List<ClaimedDescription> descriptions = Stream.concat(
                        Stream.of(activation.greedy()), activation.samples().stream())
                .map(text -> ClaimedDescription.of(text.text(), grammar))
                .toList();
        List<Stated> claims = new ArrayList<>();
        for (int i = 0; i < descriptions.size(); i++) {
            for (Claim claim : descriptions.get(i).claims()) {
                if (!states(claims, claim)) {
                    claims.add(new Stated(claim, i));
                }
            }
        }
        return new ClaimPool(descriptions, claims);
    }

    /** The description that is shown. */
    public ClaimedDescription greedy() {
        return descriptions.get(0);
    }

    /** The others. */
    public List<ClaimedDescription> samples() {
        return descriptions.subList(1, descriptions.size());
    }

    /** The description in which a claim of the pool was first stated. */
    public ClaimedDescription in(Stated stated) {
        return descriptions.get(stated.by());
    }

    /** Whether one of the descriptions states a claim. */
    public boolean states(Claim claim) {
        return states(claims, claim);
    }

    private static boolean states(List<Stated> claims, Claim claim) {
        return claims.stream().anyMatch(stated -> stated.claim().saysTheSameAs(claim));
    }
}
