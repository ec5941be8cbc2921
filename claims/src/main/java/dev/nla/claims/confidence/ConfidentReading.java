package dev.nla.claims.confidence;

import dev.nla.model.verbalizer.Description;
import java.util.List;

/**
 * What a verbalizer says of an activation, claim by claim.
 *
 * @param description the greedy one
 * @param claims its claims in their order
 */
public record ConfidentReading(Description description, List<ClaimConfidence> claims) {
    /** Copies the claims. */
    public ConfidentReading {
        claims = List.copyOf(claims);
    }
}
