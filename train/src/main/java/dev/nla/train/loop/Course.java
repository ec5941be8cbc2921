package dev.nla.train.loop;

import dev.nla.train.config.TrainConfig;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.order.DataOrder;
import dev.nla.train.run.order.StepSeeds;
import java.util.Map;

/**
 * The course of a run, settled before its first step.
 *
 * @param order which rows each step sees
 * @param seeds of all that is drawn
 * @param totalSteps optimizer steps
 */
public record Course(DataOrder order, StepSeeds seeds, int totalSteps) {
    /** The course that settings make of so many rows to train on. */
    public static Course of(TrainConfig config, int rows) {
        long seed = config.run().seed();
        return new Course(
                new DataOrder(seed, rows, Math.min(rows, config.budget().rowsPerStep())),
                new StepSeeds(seed),
                config.budget().totalSteps(rows));
    }

    /**
     * Tells how a step went.
     *
     * @param step its number, counted from 0
     * @param averaged see {@link StepReport}
     * @param tokens that were learnt from
     * @param updater which has made the step
     * @param timings see {@link StepReport}
     */
    public StepReport report(
            int step, Map<String, Double> averaged, long tokens, Updater updater, Map<String, Double> timings) {
        return new StepReport(
                step + 1,
                averaged,
                Map.of("num_tokens", (double) tokens),
                Map.of(
                        "learning_rate", updater.learningRate(step),
                        "epoch", order.epochsAfter(step + 1),
                        "bad_steps", (double) updater.badSteps()),
                timings);
    }
}
