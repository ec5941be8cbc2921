package dev.nla.train.loop;

import dev.nla.train.run.Evaluation;
import dev.nla.train.run.TrainingRun;
import java.nio.file.Path;

/**
 * The loop that all stages share: step, save, evaluate, and only then write samples, which may take long and which nothing rests on. The
 * checkpoint comes before the evaluation of its step, so that whatever ends the run in an evaluation loses no step: a run that goes on
 * evaluates again. At the end the result is made before the samples too; a run that goes on writes those that lack.
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
        } else {
            save(step);
        }
        evaluate(step);
        while (!hasEnded(step)) {
            samples(step);
            run.step(learner.step(step));
            step++;
            save(step);
            evaluate(step);
        }
        Path result = run.publishBest(learner.result());
        samples(step);
        return result;
    }

    private boolean hasEnded(int step) {
        return step >= run.totalSteps() || run.shouldStop();
    }

    private void save(int step) {
        boolean evaluates = run.evaluationDue(step) || (step == 0 && learner.evaluatesFirst());
        if (evaluates || run.saveDue(step)) {
            run.save(step, evaluates, learner::save);
        }
    }

    private void evaluate(int step) {
        if (run.evaluationOwed(step)) {
            long begin = System.nanoTime();
            Evaluation evaluation = learner.evaluate(step);
            run.evaluated(step, evaluation, (System.nanoTime() - begin) / 1e9);
        }
    }

    private void samples(int step) {
        run.samples(step, learner.samples(), number -> learner.sample(step, number));
    }
}
