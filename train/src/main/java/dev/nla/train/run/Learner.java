package dev.nla.train.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a stage does in the {@link TrainingLoop} that all of them share. */
public interface Learner {
    /** Goes on from what {@link #save} wrote. */
    void restore(Path checkpoint);

    /** Whether held-out rows are looked at before the first step too. */
    default boolean evaluatesBeforeTheFirstStep() {
        return false;
    }

    /** Makes the step with this number, counted from 0. */
    StepReport step(int step);

    /** Looks at the held-out rows after so many steps and tells the run. */
    void evaluate(int step, TrainingRun run);

    /** Writes what a checkpoint holds into its folder. */
    void save(Path checkpoint) throws IOException;

    /** Makes the run's result from the best checkpoint, and tells where it lies. */
    Path publish(TrainingRun run);

    /** How many lines {@code samples.jsonl} gets after an evaluation; 0 where the evaluation itself has written them. */
    int samples();

    /** One of these lines, counted from 0: a held-out row as the model sees it now, which depends on nothing else. */
    Map<String, Object> sample(int step, int number);
}
