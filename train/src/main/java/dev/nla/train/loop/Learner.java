package dev.nla.train.loop;

import dev.nla.train.run.Evaluation;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stage of training, opened for one run: what the {@link TrainingLoop}, which all stages share, asks of it. */
public interface Learner extends AutoCloseable {
    /** What the run would do. */
    TrainingPlan plan();

    /** What the run is made from. */
    RunProvenance provenance();

    /** Optimizer steps of the whole run. */
    int totalSteps();

    /** What needs attention though the run may go on. */
    List<String> warnings();

    /** The held-out metric that picks the best checkpoint, unless the settings name another. */
    String metric();

    /** Whether held-out rows are looked at before the first step too, since what the run starts from may remain its best. */
    boolean evaluatesFirst();

    /** Makes the step with this number, counted from 0. */
    StepReport step(int step);

    /** Looks at the held-out rows after so many steps; depends on what {@link #save} writes and on nothing else. */
    Evaluation evaluate(int step);

    /** How many lines {@code samples.jsonl} gets after an evaluation that has brought none itself. */
    int samples();

    /** One of these lines, counted from 0: a held-out row as the model sees it now, which depends on nothing else. */
    Map<String, Object> sample(int step, int number);

    /** Writes what a checkpoint holds into its folder: what {@link #restore} needs, and in folders of their own what users load. */
    void save(Path checkpoint) throws IOException;

    /** Goes on from what {@link #save} wrote. */
    void restore(Path checkpoint);

    /** The folder of a checkpoint that is the run's result, such as {@code adapter}. */
    String result();

    @Override
    void close();
}
