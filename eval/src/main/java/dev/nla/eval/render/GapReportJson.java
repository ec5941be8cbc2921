package dev.nla.eval.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import java.util.Map;

/** A {@link GapReport} as JSON. Numbers that are not defined are null. */
public final class GapReportJson {
    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The report as a tree. */
    public ObjectNode tree(GapReport report) {
        ObjectNode root = mapper.createObjectNode();
        root.put("n_texts", report.texts());
        root.put("n_documents", report.documents());
        root.put("samples_per_text", report.samplesPerText());
        root.put("seed", report.seed());
        ObjectNode gap = root.putObject("gap");
        for (Form form : Form.values()) {
            ObjectNode rules = gap.putObject(form.key());
            for (NegativeRule rule : NegativeRule.values()) {
                put(rules.putObject(rule.key()), report.gap(form, rule));
            }
        }
        number(root, "fve_nrm", report.fve().nrm());
        number(root, "fve_meannorm", report.fve().meanNorm());
        for (TruthMeasure measure : TruthMeasure.values()) {
            report.truth(measure)
                    .ifPresent(truth -> TruthJson.put(root.putObject(measure.key("truth")), measure, truth));
        }
        root.set("controls", value(report.controls()));
        root.set("provenance", value(report.provenance()));
        return root;
    }

    /** The report as indented text that ends with a line break. */
    public String text(GapReport report) {
        try {
            return mapper.writeValueAsString(tree(report)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values could not be written", e);
        }
    }

    private static void put(ObjectNode node, GapResult result) {
        node.put("correct_cos", result.correctCos());
        node.put("hard_negative_cos", result.hardNegativeCos());
        node.put("gap", result.gap());
        node.putArray("ci95").add(result.ci95().low()).add(result.ci95().high());
        node.put("accuracy", result.accuracy());
        node.put("chance", result.chance());
        node.put("floor", result.floor());
        node.put("ceiling", result.ceiling());
        number(node, "calibrated", result.calibrated());
    }

    private JsonNode value(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return mapper.nullNode();
        }
        if (value instanceof Map<?, ?> inner) {
            ObjectNode node = mapper.createObjectNode();
            inner.forEach((key, each) -> node.set(key.toString(), value(each)));
            return node;
        }
        return mapper.valueToTree(value);
    }

    static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
