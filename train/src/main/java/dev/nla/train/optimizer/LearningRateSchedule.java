package dev.nla.train.optimizer;

import dev.nla.train.config.run.LrSchedulerType;
import dev.nla.train.config.run.OptimizerSettings;

/**
 * Learning rate as a function of the step, by the formulas of transformers' {@code get_scheduler}: the first update (step 0) of a warm-up has
 * rate 0.
 *
 * @param peak rate after the warm-up
 * @param warmupSteps updates with a rising rate; without effect on {@code CONSTANT}
 * @param totalSteps updates of the whole run; falling schedules would reach 0 one update later
 */
public record LearningRateSchedule(LrSchedulerType type, double peak, int warmupSteps, int totalSteps) {
    /** The schedule that the settings name, for a run of {@code totalSteps}. */
    public static LearningRateSchedule of(OptimizerSettings settings, int totalSteps) {
        return new LearningRateSchedule(
                settings.lrSchedulerType(), settings.learningRate(), settings.warmupSteps(totalSteps), totalSteps);
    }

    /** The same rate throughout. */
    public static LearningRateSchedule constant(double rate) {
        return new LearningRateSchedule(LrSchedulerType.CONSTANT, rate, 0, 0);
    }

    /** The rate of the update with this number, counted from 0. */
    public double at(int step) {
        if (type == LrSchedulerType.CONSTANT) {
            return peak;
        }
        if (step < warmupSteps) {
            return peak * step / Math.max(1, warmupSteps);
        }
        double left = Math.max(1, totalSteps - warmupSteps);
        return switch (type) {
            case CONSTANT, CONSTANT_WITH_WARMUP -> peak;
            case LINEAR -> peak * Math.max(0, (totalSteps - step) / left);
            case COSINE -> peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * (step - warmupSteps) / left)));
        };
    }
}
