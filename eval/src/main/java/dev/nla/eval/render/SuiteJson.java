package dev.nla.eval.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.SuiteReport;

/** A {@link SuiteReport} as JSON. Numbers that are not defined are null. */
public final class SuiteJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SuiteJson() {}

    /** Indented text that ends with a line break. */
    public static String text(SuiteReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("n_rows", report.rows());
        root.put("n_documents", report.documents());
        root.put("samples_per_row", report.samples());
        root.put("seed", report.seed());
        root.set("critics", MAPPER.valueToTree(report.critics()));
        root.set("warnings", MAPPER.valueToTree(report.warnings()));
        root.set("omitted", MAPPER.valueToTree(report.omitted()));
        for (Figure figure : report.figures()) {
            ObjectNode section = root.withObject("/" + figure.section().key());
            ObjectNode of = figure.critic().isEmpty() ? section : child(section, figure.critic());
            put(child(child(of, figure.condition()), figure.metric()), figure);
        }
        root.set("provenance", MAPPER.valueToTree(report.provenance()));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values could not be written", e);
        }
    }

    private static ObjectNode child(ObjectNode node, String name) {
        return node.get(name) instanceof ObjectNode there ? there : node.putObject(name);
    }

    private static void put(ObjectNode node, Figure figure) {
        GapReportJson.number(node, "value", figure.value());
        figure.ci95().ifPresent(ends -> node.putArray("ci95").add(ends.low()).add(ends.high()));
        figure.chance().ifPresent(chance -> node.put("chance", chance));
        figure.adjustedP().ifPresent(p -> node.put("p_holm", p));
    }
}
