package dev.nla.claims.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.ClaimRules;
import dev.nla.claims.truth.ClaimRulesFile;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.stats.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calibration of an adapter, {@code claims.json} in its folder. */
public final class ClaimsFile {
    /** The file's name. */
    public static final String NAME = "claims.json";

    private static final int VERSION = 1;
    private static final int MANY = Integer.MAX_VALUE;

    private ClaimsFile() {}

    /** Writes it, whole or not at all. */
    public static void write(Path file, ClaimCalibration calibration) {
        AtomicFiles.write(file, tree(calibration).toPrettyString() + "\n");
    }

    private static ObjectNode tree(ClaimCalibration calibration) {
        ObjectNode tree = new JsonMapper().createObjectNode();
        tree.put("kind", "nla_claims").put("version", VERSION);
        CalibrationOrigin origin = calibration.origin();
        ObjectNode of = tree.putObject("calibrated_on");
        of.put("verbalizer_sha256", origin.verbalizer());
        of.put("reconstructor_sha256", origin.reconstructor());
        of.put("model_fingerprint", origin.model());
        of.put("layer", origin.layer());
        origin.activations().prompt().ifPresent(prompt -> of.put("prompt", prompt));
        origin.activations().position().ifPresent(position -> of.put("position", position));
        of.put("skip_first", origin.activations().skipFirst());
        of.put("samples", origin.samples());
        of.put("rows", calibration.rows()).put("claims", calibration.claims());
        ClaimRulesFile.put(tree, new ClaimRules(calibration.grammar(), calibration.truth()));
        score(tree.putObject("score"), calibration.score());
        map(tree.putObject("probability"), calibration.map());
        calibration.search().ifPresent(trial -> tree.putObject("search")
                .put("cost", trial.cost())
                .put("precision_gain", trial.precisionGain())
                .set("precision_gain_ci95", ci95(tree, trial)));
        return tree;
    }

    private static ArrayNode ci95(ObjectNode tree, SearchTrial trial) {
        return tree.arrayNode().add(trial.ci95().low()).add(trial.ci95().high());
    }

    private static void score(ObjectNode tree, ClaimScore score) {
        ObjectNode signals = tree.putObject("signals");
        for (int i = 0; i < score.weights().length; i++) {
            signals.putObject(score.signals().get(i).key())
                    .put("mean", score.means()[i])
                    .put("scale", score.scales()[i])
                    .put("weight", score.weights()[i]);
        }
        ObjectNode slots = tree.putObject("slots");
        new TreeMap<>(score.slots()).forEach(slots::put);
        tree.put("intercept", score.intercept());
    }

    private static void map(ObjectNode tree, ProbabilityMap map) {
        if (map instanceof ProbabilityMap.Platt platt) {
            tree.putObject("platt").put("slope", platt.slope()).put("intercept", platt.intercept());
            return;
        }
        ProbabilityMap.Isotonic isotonic = (ProbabilityMap.Isotonic) map;
        ArrayNode corners = tree.putArray("isotonic");
        for (int i = 0; i < isotonic.scores().length; i++) {
            corners.addArray().add(isotonic.scores()[i]).add(isotonic.probabilities()[i]);
        }
    }

    /**
     * Reads it.
     *
     * @throws dev.nla.model.InputException where it is missing, broken or of a newer version
     */
    public static ClaimCalibration read(Path file) {
        Document document = Document.json(file);
        if (!"nla_claims".equals(document.text("kind").orElse(""))
                || !document.at("version").isInt()) {
            throw document.wrong("kind", "nla_claims with a version, as nla eval claims writes it");
        }
        if (document.requiredInteger("version", 1, MANY) > VERSION) {
            throw document.wrong("version", "at most " + VERSION + ": a newer nla wrote it");
        }
        ClaimRules rules = ClaimRulesFile.of(document);
        return new ClaimCalibration(
                origin(document),
                rules.grammar(),
                rules.truth(),
                document.requiredInteger("calibrated_on.rows", 1, MANY),
                document.requiredInteger("calibrated_on.claims", 1, MANY),
                score(document),
                map(document),
                search(document));
    }

    private static CalibrationOrigin origin(Document document) {
        return new CalibrationOrigin(
                document.requiredText("calibrated_on.verbalizer_sha256"),
                document.requiredText("calibrated_on.reconstructor_sha256"),
                document.requiredText("calibrated_on.model_fingerprint"),
                document.requiredInteger("calibrated_on.layer", 0, MANY),
                document.made(
                        "calibrated_on",
                        () -> new ActivationOrigin(
                                document.text("calibrated_on.prompt"),
                                document.text("calibrated_on.position"),
                                document.integer("calibrated_on.skip_first", 0, MANY)
                                        .orElse(0))),
                document.requiredInteger("calibrated_on.samples", 0, MANY));
    }

    private static ClaimScore score(Document document) {
        List<Signal> signals = new ArrayList<>();
        List<double[]> numbers = new ArrayList<>();
        ObjectNode given = document.requiredObject("score.signals");
        for (Signal signal : Signal.values()) {
            JsonNode of = given.path(signal.key());
            if (of.isObject()) {
                signals.add(signal);
                numbers.add(new double[] {
                    document.requiredNumber("score.signals", of.path("mean")),
                    document.requiredNumber("score.signals", of.path("scale")),
                    document.requiredNumber("score.signals", of.path("weight"))
                });
            }
        }
        if (signals.size() != given.size()) {
            throw document.wrong("score.signals", "signals that are known");
        }
        Map<String, Double> slots = new LinkedHashMap<>();
        document.requiredObject("score.slots")
                .properties()
                .forEach(slot -> slots.put(slot.getKey(), document.requiredNumber("score.slots", slot.getValue())));
        double intercept = document.requiredNumber("score.intercept");
        return document.made(
                "score.signals",
                () -> new ClaimScore(
                        signals, column(numbers, 0), column(numbers, 1), column(numbers, 2), slots, intercept));
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private static ProbabilityMap map(Document document) {
        if (document.has("probability.platt")) {
            double slope = document.requiredNumber("probability.platt.slope");
            double intercept = document.requiredNumber("probability.platt.intercept");
            return document.made("probability.platt", () -> new ProbabilityMap.Platt(slope, intercept));
        }
        List<double[]> corners = new ArrayList<>();
        document.at("probability.isotonic")
                .forEach(corner -> corners.add(new double[] {
                    document.requiredNumber("probability.isotonic", corner.path(0)),
                    document.requiredNumber("probability.isotonic", corner.path(1))
                }));
        return document.made(
                "probability.isotonic", () -> new ProbabilityMap.Isotonic(column(corners, 0), column(corners, 1)));
    }

    private static Optional<SearchTrial> search(Document document) {
        if (!document.has("search")) {
            return Optional.empty();
        }
        String interval = "search.precision_gain_ci95";
        double low = document.requiredNumber(interval, document.at(interval).path(0));
        double high = document.requiredNumber(interval, document.at(interval).path(1));
        return Optional.of(document.made(
                interval,
                () -> new SearchTrial(
                        document.requiredNumber("search.cost"),
                        document.requiredNumber("search.precision_gain"),
                        new Interval(low, high))));
    }
}
