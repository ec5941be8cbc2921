package dev.nla.eval.truth;

import java.util.List;

/**
 * A description with its claims marked.
 *
 * @param text the description
 * @param claims in the order of their places, one an attribute and place; a claim that is repeated stands here each time
 * @param missing facts of the row that the description does not state
 */
public record MarkedDescription(String text, List<MarkedClaim> claims, List<Fact> missing) {
    /** Copies the lists and checks that every place is in the text. */
    public MarkedDescription {
        claims = List.copyOf(claims);
        missing = List.copyOf(missing);
        for (MarkedClaim claim : claims) {
            if (claim.end() > text.length()) {
                throw new IllegalArgumentException(claim + " in a text of length " + text.length());
            }
        }
    }

    /** The claims by count; one that is repeated counts once. */
    public TruthCounts counts() {
        return TruthCounts.of(missing, claims);
    }

    /** What it says, and leaves out, of one attribute. */
    MarkedDescription of(String attribute) {
        return new MarkedDescription(
                text,
                claims.stream()
                        .filter(claim -> claim.fact().attribute().equals(attribute))
                        .toList(),
                missing.stream()
                        .filter(fact -> fact.attribute().equals(attribute))
                        .toList());
    }
}
