package dev.nla.claims.confidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/** A reading's claims as JSON, by the names that commands and the HTTP interface share. */
public final class ReadingJson {
    private ReadingJson() {}

    /**
     * Adds the claims with their probabilities and signals under {@code claims}, a searched description under {@code searched} and what a
     * probability says under {@code p_means}.
     *
     * @param withhold the probability below which a claim is marked as {@code withheld}; without it none is marked either way
     */
    public static void write(ObjectNode row, ConfidentReading reading, String meaning, OptionalDouble withhold) {
        reading.searched().ifPresent(found -> row.putObject("searched")
                .put("centered_cosine", found.nearness())
                .put("text", found.description().text()));
        ArrayNode claims = row.putArray("claims");
        for (ClaimConfidence claim : reading.claims()) {
            ObjectNode node = claims.addObject()
                    .put("slot", claim.claim().slot())
                    .put("value", claim.claim().value())
                    .put("p", claim.probability());
            withhold.ifPresent(least -> node.put("withheld", claim.probability() < least));
            ObjectNode signals = node.putObject("signals");
            claim.signals().forEach((signal, value) -> signals.put(signal.key(), value));
        }
        row.put("p_means", meaning);
    }
}
