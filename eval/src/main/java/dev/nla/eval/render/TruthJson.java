package dev.nla.eval.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.stats.Estimate;

/** The truth of descriptions as part of a report's JSON. */
final class TruthJson {
    private TruthJson() {}

    static void put(ObjectNode node, TruthMeasure measure, TruthReport truth) {
        switch (measure) {
            case SLOT -> bySlot(node, truth);
            case VALUE -> byValue(node, truth);
        }
    }

    private static void bySlot(ObjectNode node, TruthReport truth) {
        share(node.putObject("recall"), truth.recall());
        share(node.putObject("precision"), truth.precision());
        share(node.putObject("wrong"), truth.wrong());
        share(node.putObject("invention"), truth.invention());
        node.put("known", truth.counts().facts());
        node.put("claims", truth.counts().claims());
        node.put("texts", truth.texts());
        node.put("texts_left_out", truth.textsLeftOut());
        GapReportJson.number(node, "mean_words", truth.meanWords());
        ObjectNode slots = node.putObject("slots");
        truth.parts().forEach((slot, counts) -> {
            ObjectNode of = slots.putObject(slot);
            of.put("rule", truth.rules().get(slot).label());
            of.put("claims", counts.claims());
            of.put("right", counts.right());
            of.put("wrong", counts.wrong());
            of.put("invented", counts.invented());
            of.put("known", counts.facts());
            of.put("stated", counts.stated());
            GapReportJson.number(of, "precision", counts.precision());
            GapReportJson.number(of, "recall", counts.recall());
        });
    }

    private static void byValue(ObjectNode node, TruthReport truth) {
        share(node.putObject("recall"), truth.recall());
        share(node.putObject("precision"), truth.precision());
        share(node.putObject("invention"), truth.invention());
        share(node.putObject("wrong"), truth.wrong());
        node.put("facts", truth.counts().facts());
        node.put("claims", truth.counts().claims());
        node.put("texts", truth.texts());
        node.put("texts_without_facts", truth.textsLeftOut());
        GapReportJson.number(node, "mean_words", truth.meanWords());
        ObjectNode attributes = node.putObject("attributes");
        truth.parts().forEach((attribute, counts) -> counts(attributes.putObject(attribute), counts));
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
