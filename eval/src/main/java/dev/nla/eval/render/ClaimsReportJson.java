package dev.nla.eval.render;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.eval.claims.ClaimsReport;
import dev.nla.eval.claims.SearchReport;
import dev.nla.model.stats.Estimate;
import java.util.Map;
import java.util.Optional;

/** What was found of claims' probabilities, as JSON; what is not defined is null. */
public final class ClaimsReportJson {
    private ClaimsReportJson() {}

    /** The whole report, with what it rests on under {@code provenance}; ends with a line break. */
    public static String text(ClaimsReport report, Optional<SearchReport> search, Map<String, Object> provenance) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode tree = mapper.createObjectNode();
        tree.put("n_rows", report.rows());
        tree.put("n_claims", report.greedy().claims());
        tree.put("labels", report.labels().label());
        figures(tree, report.greedy());
        put(tree, "recall", report.recall());
        ObjectNode all = tree.putObject("all").put("n_claims", report.all().claims());
        figures(all, report.all());
        ObjectNode withheld = tree.putObject("withheld");
        report.withheld().forEach((threshold, kept) -> withheld(withheld.putObject(threshold.toString()), kept));
        ObjectNode slots = tree.putObject("slots");
        report.slots().forEach((slot, of) -> {
            ObjectNode node = slots.putObject(slot)
                    .put("truth", of.rule().label())
                    .put("n_claims", of.figures().claims());
            figures(node, of.figures());
            withheld(node.putObject("withheld_below_half"), of.withheld());
        });
        search.ifPresent(found -> search(tree.putObject("search"), found));
        tree.set("provenance", mapper.valueToTree(provenance));
        return tree.toPrettyString() + "\n";
    }

    private static void figures(ObjectNode tree, ClaimsReport.Figures figures) {
        put(tree, "precision", figures.precision());
        put(tree, "auroc", figures.auroc());
        put(tree, "auroc_within_slot", figures.aurocWithinSlot());
        put(tree, "ece", figures.calibrationError());
        put(tree, "brier", figures.brier());
        ArrayNode bins = tree.putArray("reliability");
        figures.reliability().forEach(bin -> {
            ObjectNode node = bins.addObject().put("n_claims", bin.claims());
            put(node, "p", bin.probability());
            put(node, "right", bin.right());
        });
    }

    private static void search(ObjectNode tree, SearchReport report) {
        tree.put("n_rows", report.rows());
        searched(tree.putObject("greedy"), report.greedy());
        searched(tree.putObject("searched"), report.searched());
        searched(tree.putObject("gain"), report.gain());
        ObjectNode withheld = tree.putObject("withheld");
        report.withheld().forEach((threshold, kept) -> withheld(withheld.putObject(threshold.toString()), kept));
        put(tree, "texts_heard", report.heard());
    }

    private static void searched(ObjectNode tree, SearchReport.Figures figures) {
        estimate(tree, "precision", figures.precision());
        estimate(tree, "recall", figures.recall());
        estimate(tree, "cosine_centered", figures.cosine());
        estimate(tree, "claims", figures.claims());
    }

    private static void estimate(ObjectNode tree, String key, Estimate estimate) {
        put(tree, key, estimate.value());
        estimate.ci95().ifPresent(interval -> {
            ArrayNode ends = tree.putArray(key + "_ci95");
            ends.add(interval.low()).add(interval.high());
        });
    }

    private static void withheld(ObjectNode tree, ClaimsReport.Withheld kept) {
        put(tree, "precision", kept.precision());
        put(tree, "recall", kept.recall());
        put(tree, "kept_true", kept.keptTrue());
        put(tree, "kept_claims", kept.keptClaims());
    }

    private static void put(ObjectNode tree, String key, double value) {
        if (Double.isFinite(value)) {
            tree.put(key, value);
        } else {
            tree.putNull(key);
        }
    }
}
