package dev.nla.eval.report.plot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads curves from a run's {@code metrics.jsonl}. */
public final class CurveFile {
    /** The file in a run folder. */
    public static final String NAME = "metrics.jsonl";

    /** What says most about how a run went, of every kind of stage. */
    public static final List<String> TELLING = List.of(
            "loss",
            "eval_loss",
            "eval_loss_difference",
            "reward",
            "kl",
            "eval_gap/centered",
            "completions/mean_length",
            "completions/unparseable_ratio");

    private CurveFile() {}

    /**
     * The curves of these metrics, in their order; one that was never logged, or never finite, is left out.
     *
     * @param stage what the run is called
     * @param run its folder
     * @throws InputException where the file is missing, or a line is no object with a step
     */
    public static List<Curve> read(String stage, Path run, List<String> metrics) {
        Map<String, List<Curve.Point>> points = new LinkedHashMap<>();
        metrics.forEach(metric -> points.put(metric, new ArrayList<>()));
        JsonLines.forEach(run.resolve(NAME), line -> {
            int step = line.count("step", -1);
            if (step < 0) {
                throw line.wrong("step", "a whole number, as every line of a training run's " + NAME + " has");
            }
            points.forEach((metric, found) -> {
                JsonNode value = line.fields().path(metric);
                if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                    found.add(new Curve.Point(step, value.doubleValue()));
                }
            });
        });
        return points.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Curve(stage, entry.getKey(), entry.getValue()))
                .toList();
    }
}
