package dev.nla.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.train.config.OptimizerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns accumulated gradients into one optimizer step over one or several flat parameters that are clipped together: look whether loss and
 * gradient are finite, clip, update, clear the gradients. A step that is not finite is left out and counted; too many end the run.
 */
public final class Updater implements AutoCloseable {
    private static final String BAD_STEPS = "bad_steps";

    private final List<NDArray> parameters;
    private final List<AdamW> optimizers = new ArrayList<>();
    private final LearningRateSchedule schedule;
    private final double maxGradNorm;
    private final int maxBadSteps;
    private final String rateSetting;
    private int badSteps;

    /**
     * An updater with no memory yet.
     *
     * @param manager what the optimizer's memory lives under; freed by {@link #close}
     * @param parameters float32 leaves [n] that require gradients; they stay the caller's
     * @param maxGradNorm global norm that gradients are clipped to, 0 for never
     * @param maxBadSteps steps left out after which the run is given up
     * @param rateSetting the setting to lower when that happens
     */
    public Updater(
            NDManager manager,
            List<NDArray> parameters,
            AdamWOptions options,
            LearningRateSchedule schedule,
            double maxGradNorm,
            int maxBadSteps,
            String rateSetting) {
        this.parameters = List.copyOf(parameters);
        this.schedule = schedule;
        this.maxGradNorm = maxGradNorm;
        this.maxBadSteps = maxBadSteps;
        this.rateSetting = rateSetting;
        parameters.forEach(parameter -> optimizers.add(new AdamW(manager, parameter, options)));
    }

    /** The updater that the settings describe, for a run of {@code totalSteps}. */
    public static Updater of(NDManager manager, List<NDArray> parameters, OptimizerSettings settings, int totalSteps) {
        return new Updater(
                manager,
                parameters,
                AdamWOptions.of(settings),
                LearningRateSchedule.of(settings, totalSteps),
                settings.maxGradNorm(),
                settings.maxBadSteps(),
                "learning_rate");
    }

    /**
     * Makes the step with this number out of the gradients that backward passes have left, and clears them.
     *
     * @param step counted from 0, decides the learning rate
     * @param loss the step's loss, looked at only for being finite
     * @throws InputException when this was one bad step too many
     */
    public Update apply(int step, double loss) {
        double learningRate = schedule.at(step);
        List<NDArray> gradients = parameters.stream().map(NDArray::getGradient).toList();
        try {
            double norm = Gradients.globalNorm(gradients);
            boolean finite = Double.isFinite(loss) && Double.isFinite(norm);
            if (finite) {
                if (maxGradNorm > 0) {
                    Gradients.clip(gradients, norm, maxGradNorm);
                }
                for (int i = 0; i < gradients.size(); i++) {
                    optimizers.get(i).step(gradients.get(i), learningRate);
                }
            } else {
                countBadStep(step, loss, norm);
            }
            gradients.forEach(Gradients::clear);
            return new Update(finite, norm, learningRate);
        } finally {
            gradients.forEach(NDArray::close);
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
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(BAD_STEPS, Integer.toString(badSteps));
        List<TensorToWrite> tensors = new ArrayList<>();
        for (int i = 0; i < optimizers.size(); i++) {
            AdamWState state = optimizers.get(i).state();
            long[] shape = {state.firstMoment().length};
            tensors.add(TensorToWrite.longs(i + ".step", new long[] {1}, new long[] {state.steps()}));
            tensors.add(TensorToWrite.floats(i + ".exp_avg", shape, state.firstMoment()));
            tensors.add(TensorToWrite.floats(i + ".exp_avg_sq", shape, state.secondMoment()));
        }
        SafetensorsWriter.write(file, metadata, tensors);
    }

    /**
     * Goes on from what {@link #write} wrote.
     *
     * @throws InputException when the file is of other parameters
     */
    public void read(Path file) {
        try (SafetensorsFile saved = SafetensorsFile.open(file)) {
            if (saved.names().size() != 3 * optimizers.size()) {
                throw InputException.data(
                        "%s holds %d tensors, expected %d: it is not of this run",
                        file, saved.names().size(), 3 * optimizers.size());
            }
            for (int i = 0; i < optimizers.size(); i++) {
                AdamWState state = new AdamWState(
                        saved.longs(i + ".step")[0], saved.floats(i + ".exp_avg"), saved.floats(i + ".exp_avg_sq"));
                if (state.firstMoment().length != parameters.get(i).size()) {
                    throw InputException.data(
                            "%s: %d.exp_avg has %d values, expected the adapter's %d: it is not of this run",
                            file,
                            i,
                            state.firstMoment().length,
                            parameters.get(i).size());
                }
                optimizers.get(i).restore(state);
            }
            badSteps = Integer.parseInt(saved.metadata().getOrDefault(BAD_STEPS, "0"));
        }
    }

    /** Frees the moments; the parameters stay. */
    @Override
    public void close() {
        optimizers.forEach(AdamW::close);
    }
}
