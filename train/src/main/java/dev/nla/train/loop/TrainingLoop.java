package dev.nla.train.loop;

import dev.nla.train.run.TrainingRun;
import java.nio.file.Path;

/**
 * The loop that all stages share: step, evaluate, save, and only then write samples, which may take long and which nothing rests on. At the
 * end the result is made before them too, so that whoever stops the samples has lost nothing; a run that goes on writes those that lack.
 */
public final class TrainingLoop {
    private final TrainingRun run;
    private final Learner learner;

    /** A loop that goes on where the run stands. */
    public TrainingLoop(TrainingRun run, Learner learner) {
        this.run = run;
        this.learner = learner;
    }

    /** Makes all steps that are left and returns the folder of the result. */
    public Path toItsEnd() {
        int step = run.firstStep();
        if (run.resumedFrom().isPresent()) {
            learner.restore(run.resumedFrom().get());
        } else if (learner.evaluatesFirst()) {
            evaluate(step);
            save(step);
        }
        while (!hasEnded(step)) {
            samples(step);
            run.step(learner.step(step));
            step++;
            if (run.evaluationDue(step)) {
                evaluate(step);
            }
            save(step);
        }
        Path result = run.publishBest(learner.result());
        samples(step);
        return result;
    }

    private boolean hasEnded(int step) {
        return step >= run.totalSteps() || run.shouldStop();
    }

    private void evaluate(int step) {
        long begin = System.nanoTime();
        run.evaluated(step, learner.evaluate(step), (System.nanoTime() - begin) / 1e9);
    }

    private void save(int step) {
        if (run.checkpointDue(step)) {
            run.save(step, learner::save);
        }
    }

    private void samples(int step) {
        run.samples(step, learner.samples(), number -> learner.sample(step, number));
    }
}
