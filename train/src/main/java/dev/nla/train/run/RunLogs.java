package dev.nla.train.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The growing files of a run: metrics, samples and timings as JSON lines, and TensorBoard's events. */
final class RunLogs implements AutoCloseable {
    private static final String METRICS = "metrics.jsonl";
    private static final String SAMPLES = "samples.jsonl";
    private static final String TIMINGS = "timings.jsonl";

    private final Map<String, JsonLog> logs = new LinkedHashMap<>();
    private final TensorBoardFile events;
    private int keptSamples;

    /** Opens the logs of a folder and takes back every line that is later than {@code state}. */
    RunLogs(Path directory, TrainerState state, TrainingListener listener) {
        for (String name : new String[] {METRICS, SAMPLES, TIMINGS}) {
            JsonLog log = new JsonLog(directory.resolve(name));
            logs.put(name, log);
            long length = state.logBytes().getOrDefault(name, 0L);
            if (name.equals(SAMPLES) && state.samplesDue()) {
                keptSamples = log.truncate(length, line -> line.path("step").asInt(-1) == state.step());
            } else if (!log.truncate(length)) {
                listener.onWarning(
                        name + " is shorter than it was at checkpoint-" + state.step() + ": lines are missing");
            }
        }
        events = new TensorBoardFile(directory, state.step());
    }

    void metrics(int step, String group, String prefix, Map<String, Double> values) {
        logs.get(METRICS).append(line(step, prefix, values));
        events.scalars(step, group, values);
    }

    void timings(int step, Map<String, Double> values) {
        if (!values.isEmpty()) {
            logs.get(TIMINGS).append(line(step, "", values));
            events.scalars(step, "time", values);
        }
    }

    /** How many samples of the checkpoint's own step were found, which are written after it. */
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
        events.close();
    }
}
