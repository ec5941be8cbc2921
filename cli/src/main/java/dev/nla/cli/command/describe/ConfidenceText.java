package dev.nla.cli.command.describe;

import dev.nla.bulk.Confidence;
import dev.nla.claims.confidence.ClaimConfidence;
import dev.nla.claims.confidence.ConfidentReading;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Claims with their probabilities, for people.
 *
 * @param confidence what the probabilities rest on, and which claims are withheld
 */
record ConfidenceText(Confidence confidence) {
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
        out.println(confidence.calibration().meaning());
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

    private boolean withheld(ClaimConfidence claim) {
        return claim.probability() < confidence.withhold();
    }
}
