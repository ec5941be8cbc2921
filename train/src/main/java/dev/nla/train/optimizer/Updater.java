package dev.nla.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.train.config.run.OptimizerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes optimizer steps of a flat parameter: look whether loss and gradient are finite, clip, update. A step that is not finite is left out
 * and counted; too many end the run.
 */
public final class Updater implements AutoCloseable {
    private static final String BAD_STEPS = "bad_steps";
    private static final String STEP = "0.step";
    private static final String FIRST_MOMENT = "0.exp_avg";
    private static final String SECOND_MOMENT = "0.exp_avg_sq";

    private final NDManager manager;
    private final long size;
    private final AdamW optimizer;
    private final LearningRateSchedule schedule;
    private final double maxGradNorm;
    private final int maxBadSteps;
    private final String rateSetting;
    private int badSteps;

    /**
     * An updater with no memory yet.
     *
     * @param manager what the optimizer's memory lives under; freed by {@link #close}
     * @param parameter float32 leaf {@code [n]}; it stays the caller's
     * @param maxGradNorm norm that gradients are clipped to, 0 for never
     * @param maxBadSteps steps left out after which the run is given up
     * @param rateSetting the setting to lower when that happens
     */
    public Updater(
            NDManager manager,
            NDArray parameter,
            AdamWOptions options,
            LearningRateSchedule schedule,
            double maxGradNorm,
            int maxBadSteps,
            String rateSetting) {
        this.manager = manager;
        this.size = parameter.size();
        this.optimizer = new AdamW(manager, parameter, options);
        this.schedule = schedule;
        this.maxGradNorm = maxGradNorm;
        this.maxBadSteps = maxBadSteps;
        this.rateSetting = rateSetting;
    }

    /** The updater that the settings describe, for a run of {@code totalSteps}. */
    public static Updater of(NDManager manager, NDArray parameter, OptimizerSettings settings, int totalSteps) {
        return new Updater(
                manager,
                parameter,
                AdamWOptions.of(settings),
                LearningRateSchedule.of(settings, totalSteps),
                settings.maxGradNorm(),
                settings.maxBadSteps(),
                "learning_rate");
    }

    /**
     * Makes the step with this number.
     *
     * @param step counted from 0, decides the learning rate
     * @param loss the step's loss, looked at only for being finite
     * @param values the step's gradient, {@code [n]}
     * @throws InputException when this was one bad step too many
     */
    public Update apply(int step, double loss, float[] values) {
        double learningRate = schedule.at(step);
        try (NDArray gradient = manager.create(values)) {
            double norm = Gradients.norm(gradient);
            boolean finite = Double.isFinite(loss) && Double.isFinite(norm);
            if (finite) {
                if (maxGradNorm > 0) {
                    Gradients.clip(gradient, norm, maxGradNorm);
                }
                optimizer.step(gradient, learningRate);
            } else {
                countBadStep(step, loss, norm);
            }
            return new Update(finite, norm, learningRate);
        }
    }

    private void countBadStep(int step, double loss, double norm) {
        badSteps++;
        if (badSteps >= maxBadSteps) {
            throw InputException.data(
                    "training has diverged: at step %d the loss is %s and the gradient norm %s, which makes %d bad steps"
                            + " (max_bad_steps is %d): lower %s, or use compute_dtype=float32",
                    step + 1, loss, norm, badSteps, maxBadSteps, rateSetting);
        }
    }

    /** The schedule's rate at a step, counted from 0. */
    public double learningRate(int step) {
        return schedule.at(step);
    }

    /** Steps left out so far because loss or gradient were not finite. */
    public int badSteps() {
        return badSteps;
    }

    /** Writes the moments and counts, from which {@link #read} goes on exactly. */
    public void write(Path file) {
        AdamWState state = optimizer.state();
        long[] shape = {state.firstMoment().length};
        SafetensorsWriter.write(
                file,
                Map.of(BAD_STEPS, Integer.toString(badSteps)),
                List.of(
                        TensorToWrite.longs(STEP, new long[] {1}, new long[] {state.steps()}),
                        TensorToWrite.floats(FIRST_MOMENT, shape, state.firstMoment()),
                        TensorToWrite.floats(SECOND_MOMENT, shape, state.secondMoment())));
    }

    /**
     * Goes on from what {@link #write} wrote.
     *
     * @throws InputException when the file is of another parameter
     */
    public void read(Path file) {
        try (SafetensorsFile saved = SafetensorsFile.open(file)) {
            float[] first = saved.floats(FIRST_MOMENT);
            if (first.length != size) {
                throw InputException.data(
                        "%s: %s has %d values, expected the adapter's %d: it is not of this run",
                        file, FIRST_MOMENT, first.length, size);
            }
            optimizer.restore(new AdamWState(saved.longs(STEP)[0], first, saved.floats(SECOND_MOMENT)));
            badSteps = Integer.parseInt(saved.metadata().getOrDefault(BAD_STEPS, "0"));
        }
    }

    /** Frees the moments; the parameter stays. */
    @Override
    public void close() {
        optimizer.close();
    }
}
