package dev.nla.bulk.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a page shows of one text in one adapter's words.
 *
 * @param heading names both
 * @param warnings what makes the words less trustworthy, each once
 * @param lines an activation each
 */
public record TextSection(String heading, List<String> warnings, List<Line> lines) {
    private static final int SHADES = 5;

    /**
     * A described activation.
     *
     * @param anchor its place on the page
     * @param where the token's index, or the activation's id
     * @param token what it adds to the text; empty where it is of none
     * @param cosine how near the description comes; empty where nothing judged it
     * @param shade the same from 0 to 4
     * @param words the best description
     * @param others further ones
     * @param claims of the description with their probabilities
     */
    public record Line(
            String anchor,
            String where,
            String token,
            String cosine,
            int shade,
            String words,
            List<String> others,
            List<ShownClaim> claims) {}

    /**
     * A claim.
     *
     * @param text with its probability
     * @param withheld whether it is too unlikely to be believed
     */
    public record ShownClaim(String text, boolean withheld) {}

    /** Whether activations are at tokens. */
    public boolean hasTokens() {
        return lines.stream().anyMatch(line -> !line.token().isEmpty());
    }

    /** Whether claims are shown. */
    public boolean hasClaims() {
        return lines.stream().anyMatch(line -> !line.claims().isEmpty());
    }

    /** The sections of a page, one for each text and adapter, in the order of their first rows. */
    static List<TextSection> of(Rows rows) {
        Map<String, TextSection> sections = new LinkedHashMap<>();
        rows.forEach(row -> {
            String heading =
                    row.path("doc_id").asText() + " · " + row.path("adapter").asText();
            sections.computeIfAbsent(heading, name -> new TextSection(name, new ArrayList<>(), new ArrayList<>()))
                    .add(row);
        });
        return List.copyOf(sections.values());
    }

    private void add(JsonNode row) {
        Set<String> known = new LinkedHashSet<>(warnings);
        row.path("warnings").forEach(warning -> known.add(warning.asText()));
        warnings.clear();
        warnings.addAll(known);
        lines.add(line(row));
    }

    private static Line line(JsonNode row) {
        List<String> texts = new ArrayList<>();
        row.path("descriptions").forEach(each -> texts.add(each.path("text").asText()));
        JsonNode best = row.path("descriptions").path(0);
        JsonNode cosine = best.path(best.has("centered_cosine") ? "centered_cosine" : "cosine");
        List<ShownClaim> claims = new ArrayList<>();
        row.path("claims").forEach(claim -> claims.add(claim(claim)));
        return new Line(
                row.path("adapter").asText() + "/" + row.path("id").asText(),
                row.has("position")
                        ? row.path("position").asText()
                        : row.path("id").asText(),
                row.path("token").asText(),
                cosine.isMissingNode() ? "" : String.format(Locale.ROOT, "%.3f", cosine.asDouble()),
                (int) Math.max(0, Math.min(SHADES - 1, Math.floor(cosine.asDouble() * SHADES))),
                texts.get(0),
                List.copyOf(texts.subList(1, texts.size())),
                claims);
    }

    private static ShownClaim claim(JsonNode claim) {
        return new ShownClaim(
                String.format(
                        Locale.ROOT,
                        "%.2f %s: %s",
                        claim.path("p").asDouble(),
                        claim.path("slot").asText(),
                        claim.path("value").asText()),
                claim.path("withheld").asBoolean());
    }
}
