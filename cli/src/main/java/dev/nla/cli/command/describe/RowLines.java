package dev.nla.cli.command.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Described activations on standard output, as they are done.
 *
 * @param out where they are printed
 * @param json an object a line, not text
 */
record RowLines(PrintWriter out, boolean json) {
    void print(ObjectNode row) {
        if (json) {
            out.println(row);
            return;
        }
        out.println(heading(row));
        row.path("descriptions").forEach(each -> {
            String cosine = each.has("centered_cosine") || each.has("cosine")
                    ? String.format(
                            Locale.ROOT,
                            "%.3f  ",
                            each.path(each.has("centered_cosine") ? "centered_cosine" : "cosine")
                                    .asDouble())
                    : "";
            out.println("  " + cosine + each.path("text").asText().replace("\n", "\n  "));
        });
        row.path("claims")
                .forEach(claim -> out.printf(
                        Locale.ROOT,
                        "  %.2f  %s: %s%s%n",
                        claim.path("p").asDouble(),
                        claim.path("slot").asText(),
                        claim.path("value").asText(),
                        claim.path("withheld").asBoolean() ? "   (withheld)" : ""));
        row.path("warnings").forEach(warning -> out.println("  warning: " + warning.asText()));
        out.println();
    }

    private static String heading(JsonNode row) {
        String token = row.has("token") ? " " + row.path("token") : "";
        return row.path("id").asText() + token + " · " + row.path("adapter").asText();
    }
}
