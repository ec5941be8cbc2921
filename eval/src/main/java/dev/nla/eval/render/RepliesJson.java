package dev.nla.eval.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.eval.reply.RepliesReport;
import dev.nla.model.stats.Estimate;
import java.util.Map;

/** A {@link RepliesReport} as JSON. Numbers that are not defined are null. */
public final class RepliesJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RepliesJson() {}

    /** Indented text that ends with a line break. */
    public static String text(RepliesReport report, Map<String, Object> provenance) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("n_given", report.given());
        root.put("n_rows", report.rows());
        root.put("n_documents", report.documents());
        ObjectNode words = root.putObject("first_words");
        for (RepliesReport.ByWords by : report.byWords()) {
            ObjectNode shares = words.putObject(String.valueOf(by.words()));
            put(shares, "greedy", by.greedy());
            put(shares, "other_greedy", by.otherGreedy());
            put(shares, "drawn", by.drawn());
            put(shares, "other_drawn", by.otherDrawn());
            put(shares, "times", by.times());
        }
        root.set("provenance", MAPPER.valueToTree(provenance));
        return root.toPrettyString() + "\n";
    }

    private static void put(ObjectNode shares, String key, Estimate estimate) {
        ObjectNode node = shares.putObject(key);
        GapReportJson.number(node, "value", estimate.value());
        estimate.ci95()
                .ifPresentOrElse(
                        interval -> node.putArray("ci95").add(interval.low()).add(interval.high()),
                        () -> node.putNull("ci95"));
    }
}
