package dev.nla.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.train.run.log.JsonLog;
import dev.nla.train.run.log.Tracker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The growing files of a run: metrics, samples and timings as JSON lines, and what trackers are told of them. */
final class RunLogs implements AutoCloseable {
    private static final String METRICS = "metrics.jsonl";
    private static final String SAMPLES = "samples.jsonl";
    private static final String TIMINGS = "timings.jsonl";
    private static final String EVALUATION = "eval_";

    private final Map<String, JsonLog> logs = new LinkedHashMap<>();
    private final List<Tracker> trackers;
    private final TrainingListener listener;
    private final Optional<Map<String, Double>> keptEvaluation;
    private int keptSamples;

    /**
     * Opens the logs of a folder and takes back every line that is later than {@code state}; those of an evaluation that was done after the
     * checkpoint stay.
     *
     * @param trackers are closed with the logs
     */
    RunLogs(Path directory, TrainerState state, List<Tracker> trackers, TrainingListener listener) {
        this.trackers = trackers;
        this.listener = listener;
        for (String name : new String[] {METRICS, SAMPLES, TIMINGS}) {
            logs.put(name, new JsonLog(directory.resolve(name)));
        }
        keptEvaluation = state.evaluationDue() ? evaluation(state) : Optional.empty();
        logs.forEach((name, log) -> {
            long length = state.logBytes().getOrDefault(name, 0L);
            if (!log.holds(length)) {
                listener.onWarning(
                        name + " is shorter than it was at checkpoint-" + state.step() + ": lines are missing");
            }
            if (keptEvaluation.isPresent() || (name.equals(SAMPLES) && state.samplesDue())) {
                int kept = log.truncate(length, line -> line.path("step").asInt(-1) == state.step());
                keptSamples = name.equals(SAMPLES) ? kept : keptSamples;
            } else {
                log.truncate(length);
            }
        });
        tellEarlier();
    }

    /** Tells trackers what the logs hold of before. */
    private void tellEarlier() {
        for (JsonNode line : logs.get(METRICS).lines()) {
            boolean evaluated =
                    line.properties().stream().anyMatch(field -> field.getKey().startsWith(EVALUATION));
            earlier(line, evaluated ? "eval" : "train", evaluated ? EVALUATION : "");
        }
        logs.get(TIMINGS).lines().forEach(line -> earlier(line, "time", ""));
    }

    private void earlier(JsonNode line, String group, String prefix) {
        Map<String, Double> values = new LinkedHashMap<>();
        line.properties().stream()
                .filter(field -> !field.getKey().equals("step"))
                .forEach(field -> values.put(
                        field.getKey().substring(prefix.length()),
                        field.getValue().asDouble(Double.NaN)));
        trackers.forEach(tracker -> tracker.earlier(line.path("step").asInt(), group, values));
    }

    private void track(int step, String group, Map<String, Double> values) {
        for (Tracker tracker : trackers) {
            tracker.scalars(step, group, values);
            tracker.troubles().forEach(listener::onWarning);
        }
    }

    /** Tells trackers that the run has ended, and how. */
    void end(boolean succeeded) {
        for (Tracker tracker : trackers) {
            tracker.end(succeeded);
            tracker.troubles().forEach(listener::onWarning);
        }
    }

    /** What the evaluation has found that was done after the checkpoint: the first line behind those it knows. */
    private Optional<Map<String, Double>> evaluation(TrainerState state) {
        JsonNode line = logs.get(METRICS).lineAt(state.logBytes().getOrDefault(METRICS, 0L));
        Map<String, Double> metrics = new LinkedHashMap<>();
        line.properties().forEach(field -> {
            if (field.getKey().startsWith(EVALUATION)) {
                metrics.put(
                        field.getKey().substring(EVALUATION.length()),
                        field.getValue().asDouble(Double.NaN));
            }
        });
        boolean own = line.path("step").asInt(-1) == state.step() && !metrics.isEmpty();
        return own ? Optional.of(metrics) : Optional.empty();
    }

    void metrics(int step, String group, String prefix, Map<String, Double> values) {
        logs.get(METRICS).append(line(step, prefix, values));
        track(step, group, values);
    }

    void timings(int step, Map<String, Double> values) {
        if (!values.isEmpty()) {
            logs.get(TIMINGS).append(line(step, "", values));
            track(step, "time", values);
        }
    }

    /**
     * Adds an evaluation, whose samples are forced to disk before: where its line is, they are.
     *
     * @param metrics by name without {@code eval_}
     */
    void evaluation(int step, Map<String, Double> metrics) {
        logs.get(SAMPLES).force();
        metrics(step, "eval", EVALUATION, metrics);
    }

    /** What the evaluation of the checkpoint's own step has found, where it was done already. */
    Optional<Map<String, Double>> keptEvaluation() {
        return keptEvaluation;
    }

    /** How many samples of the checkpoint's own step were found. */
    int keptSamples() {
        return keptSamples;
    }

    void sample(Map<String, ?> line) {
        logs.get(SAMPLES).append(line);
    }

    /** Forces all logs to disk and tells their lengths. */
    Map<String, Long> force() {
        Map<String, Long> lengths = new LinkedHashMap<>();
        logs.forEach((name, log) -> lengths.put(name, log.force()));
        return lengths;
    }

    /** Names in alphabetical order: loops report in maps whose order may differ from process to process. */
    private static Map<String, Object> line(int step, String prefix, Map<String, Double> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        new TreeMap<>(values).forEach((name, value) -> line.put(prefix + name, value));
        return line;
    }

    @Override
    public void close() {
        logs.values().forEach(JsonLog::close);
        trackers.forEach(Tracker::close);
    }
}
