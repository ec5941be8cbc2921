package dev.nla.eval.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.stats.Estimate;

/** The truth of descriptions as part of a report's JSON. */
final class TruthJson {
    private TruthJson() {}

    static void put(ObjectNode node, TruthReport truth) {
        share(node.putObject("recall"), truth.recall());
        share(node.putObject("precision"), truth.precision());
        share(node.putObject("invention"), truth.invention());
        share(node.putObject("wrong"), truth.wrong());
        node.put("facts", truth.counts().facts());
        node.put("claims", truth.counts().claims());
        node.put("texts", truth.texts());
        node.put("texts_without_facts", truth.textsWithoutFacts());
        GapReportJson.number(node, "mean_words", truth.meanWords());
        ObjectNode attributes = node.putObject("attributes");
        truth.attributes().forEach((attribute, counts) -> counts(attributes.putObject(attribute), counts));
    }

    private static void share(ObjectNode node, Estimate share) {
        GapReportJson.number(node, "value", share.value());
        share.ci95()
                .ifPresentOrElse(
                        interval -> node.putArray("ci95").add(interval.low()).add(interval.high()),
                        () -> node.putNull("ci95"));
    }

    private static void counts(ObjectNode node, TruthCounts counts) {
        GapReportJson.number(node, "recall", counts.recall());
        GapReportJson.number(node, "precision", counts.precision());
        GapReportJson.number(node, "invention", counts.invention());
        GapReportJson.number(node, "wrong", counts.wrongShare());
        node.put("facts", counts.facts());
        node.put("claims", counts.claims());
    }
}
