package dev.nla.train.run;

import java.nio.file.Path;
import java.util.Map;

/** Hears how a run goes on; the command line shows it. Called on the training thread, so it has to be quick. */
public interface TrainingListener {
    /** Before the first step; {@code firstStep} steps of {@code totalSteps} are done already when a run is resumed. */
    default void onStart(Path directory, int firstStep, int totalSteps) {}

    /** After every step, with that step's own values. */
    default void onStep(StepReport report, int totalSteps) {}

    /** After a line has gone to {@code metrics.jsonl}. */
    default void onLog(int step, Map<String, Double> metrics) {}

    /** After an evaluation; {@code best} is what has been best so far, perhaps this one. */
    default void onEval(int step, Map<String, Double> metrics, Best best) {}

    /** Before a sample is written, which is the {@code number}th of {@code count}. */
    default void onSample(int number, int count) {}

    /** After a checkpoint is safely on disk. */
    default void onCheckpoint(int step, Path checkpoint) {}

    /** Something worth a line. */
    default void onMessage(String message) {}

    /** Something that needs attention though the run goes on. */
    default void onWarning(String message) {
        onMessage("warning: " + message);
    }

    /** One that does nothing. */
    static TrainingListener silent() {
        return new TrainingListener() {};
    }
}
