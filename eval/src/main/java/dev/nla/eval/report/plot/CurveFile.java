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
    private static final Map<String, Telling> KNOWN = known();

    /** The same by name alone. */
    public static final List<String> TELLING = List.copyOf(KNOWN.keySet());

    /**
     * What is to be said of a metric.
     *
     * @param axis what its values are, in a word
     * @param meaning what its name stands for
     */
    record Telling(String axis, String meaning) {}

    private static Map<String, Telling> known() {
        Map<String, Telling> known = new LinkedHashMap<>();
        known.put("loss", new Telling("loss", "what training lowers, a mean since the point before"));
        known.put("eval_loss", new Telling("loss", "the loss on validation rows"));
        known.put(
                "eval_loss_difference",
                new Telling(
                        "difference",
                        "on validation rows, the loss with another row's activation minus that with the own: above 0, it is read"));
        known.put("reward", new Telling("reward", "what sampled descriptions earn on average"));
        known.put("kl", new Telling("nats", "how far the verbalizer has gone from the one before, nats a token"));
        known.put("eval_gap/centered", new Telling("gap", "the centred gap of greedy descriptions of validation rows"));
        known.put("completions/mean_length", new Telling("tokens", "tokens of a sampled description"));
        known.put(
                "completions/unparseable_ratio",
                new Telling("part", "part of the sampled descriptions that cannot be read"));
        return known;
    }

    /** What is to be said of a metric; next to nothing of one that is not among the telling ones: titles of axes are no place for names from files. */
    static Telling telling(String metric) {
        return KNOWN.getOrDefault(metric, new Telling("value", ""));
    }

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
