package dev.nla.cli.command.describe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.confidence.ClaimConfidence;
import dev.nla.claims.confidence.ConfidentReading;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Claims with their probabilities, for people and programs.
 *
 * @param calibration what the probabilities rest on
 * @param threshold claims less likely than this are withheld
 */
record ConfidenceText(ClaimCalibration calibration, double threshold) {
    /** Every claim, the likeliest first. */
    void print(PrintWriter out, ConfidentReading reading) {
        out.println();
        reading.searched().ifPresent(found -> {
            out.printf(
                    Locale.ROOT,
                    "searched, centred cosine %.3f instead of %.3f:%n%s%n%n",
                    found.nearness(),
                    found.greedyNearness(),
                    found.description().text());
        });
        out.println(calibration.meaning());
        List<ClaimConfidence> claims = reading.claims().stream()
                .sorted(Comparator.comparingDouble(ClaimConfidence::probability).reversed())
                .toList();
        for (ClaimConfidence claim : claims) {
            out.printf(
                    Locale.ROOT,
                    "  %.2f  %s: %s%s%n",
                    claim.probability(),
                    claim.claim().slot(),
                    claim.claim().value(),
                    withheld(claim) ? "   (withheld)" : "");
        }
    }

    /** Every claim in the order of the description, under {@code claims}; a searched description under {@code searched}. */
    void write(ObjectNode root, ConfidentReading reading) {
        reading.searched().ifPresent(found -> root.putObject("searched")
                .put("cosine_centered", found.nearness())
                .put("text", found.description().text()));
        ArrayNode claims = root.putArray("claims");
        for (ClaimConfidence claim : reading.claims()) {
            ObjectNode node = claims.addObject()
                    .put("slot", claim.claim().slot())
                    .put("value", claim.claim().value())
                    .put("p", claim.probability())
                    .put("withheld", withheld(claim));
            ObjectNode signals = node.putObject("signals");
            claim.signals().forEach((signal, value) -> signals.put(signal.key(), value));
        }
        root.put("p_means", calibration.meaning());
    }

    private boolean withheld(ClaimConfidence claim) {
        return claim.probability() < threshold;
    }
}
