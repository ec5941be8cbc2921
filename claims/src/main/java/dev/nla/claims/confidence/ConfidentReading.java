package dev.nla.claims.confidence;

import dev.nla.claims.search.SearchedDescription;
import dev.nla.model.verbalizer.Description;
import java.util.List;
import java.util.Optional;

/**
 * What a verbalizer says of an activation, claim by claim.
 *
 * @param description the greedy one
 * @param searched the searched one, where it was asked for
 * @param claims of the searched description, else of the greedy one, in their order
 */
public record ConfidentReading(
        Description description, Optional<SearchedDescription> searched, List<ClaimConfidence> claims) {
    /** Copies the claims. */
    public ConfidentReading {
        claims = List.copyOf(claims);
    }
}
