package dev.nla.train.grpo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.ReconstructorMode;
import dev.nla.train.critic.CriticTargets;
import dev.nla.train.critic.ReconstructionLoss;
import dev.nla.train.optimizer.AdamWOptions;
import dev.nla.train.optimizer.LearningRateSchedule;
import dev.nla.train.optimizer.MovingAverage;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.DataOrder;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.TrainingInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The reconstructor that scores descriptions: frozen; or trained on each step's readable descriptions after they were scored; or trained so
 * and scoring with a moving average of its weights.
 */
final class Critic implements AutoCloseable {
    private static final int BATCH = 16;
    private static final String SCORING = "reconstructor_";
    private static final String LEARNING = "reconstructor_learning_";

    private final TrainingInputs inputs;
    private final ReconstructorMode mode;
    private final ReconstructorFolder folder;
    private final Reconstructor scoring;
    private final Reconstructor learning;
    private final ReconstructionLoss loss;
    private final CriticTargets targets;
    private final Updater updater;
    private final MovingAverage average;

    Critic(GrpoConfig config, TrainingInputs inputs, ReconstructorFolder folder) {
        this.inputs = inputs;
        this.mode = config.critic().reconstructorMode();
        this.folder = folder;
        this.scoring = folder.reconstructor();
        LoraAdapter own = scoring.adapter();
        LoraAdapter learner =
                mode == ReconstructorMode.EMA ? own.copy(inputs.decoder().manager()) : own;
        this.learning = scoring.with(learner);
        this.loss = new ReconstructionLoss(config.reconstructorLoss(), Math.sqrt(inputs.mean().length), inputs.mean());
        this.targets = learns() ? new CriticTargets(inputs, loss) : CriticTargets.none(inputs);
        this.updater = new Updater(
                inputs.decoder().manager(),
                learns() ? List.of(learner.parameters()) : List.of(),
                AdamWOptions.of(config.optimizer()),
                LearningRateSchedule.constant(config.critic().reconstructorLearningRate()),
                config.optimizer().maxGradNorm(),
                config.optimizer().maxBadSteps());
        this.average = new MovingAverage(
                own.parameters(), learner.parameters(), config.critic().reconstructorEmaDecay());
        learner.requireGradient(learns());
    }

    private boolean learns() {
        return mode != ReconstructorMode.FROZEN;
    }

    /** Vectors for descriptions, {@code [n][d]}. */
    float[][] reconstruct(List<String> descriptions) {
        return scoring.reconstruct(descriptions);
    }

    /** Learns from a step's readable descriptions; a frozen critic does not. */
    void learn(int step, Rollouts rollouts) {
        int[] readable = IntStream.range(0, rollouts.size())
                .filter(i -> rollouts.descriptions().get(i).parsed())
                .toArray();
        if (!learns() || readable.length == 0) {
            return;
        }
        double sum = 0;
        for (int[] part : DataOrder.split(readable, BATCH)) {
            sum += accumulate(rollouts, part, readable.length);
        }
        updater.apply(step, sum);
        if (mode == ReconstructorMode.EMA) {
            average.update();
        }
    }

    private double accumulate(Rollouts rollouts, int[] part, int total) {
        int[] rows = Arrays.stream(part).map(i -> rollouts.rows()[i]).toArray();
        List<String> texts = Arrays.stream(part)
                .mapToObj(i -> rollouts.descriptions().get(i).text())
                .toList();
        try (NDManager scope = inputs.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray vectors = learning.reconstruct(scope, texts, Mode.TRAINING);
            NDArray value = loss.sum(scope, vectors, inputs.activations(rows), targets.neighbours(rows))
                    .div(total);
            double share = value.getFloat();
            collector.backward(value);
            return share;
        }
    }

    /** Writes what a resume needs, and the reconstructor itself, which is no longer the one it started as. */
    void save(Path checkpoint) throws IOException {
        if (learns()) {
            folder.write(Files.createDirectory(checkpoint.resolve("reconstructor")));
            Checkpointing.save(checkpoint, LEARNING, learning.adapter(), updater);
            Checkpointing.save(checkpoint, SCORING, scoring.adapter());
        }
    }

    /** Goes on from what {@link #save} wrote. */
    void restore(Path checkpoint) {
        if (learns()) {
            Checkpointing.restore(checkpoint, LEARNING, learning.adapter(), updater);
            Checkpointing.restore(checkpoint, SCORING, scoring.adapter());
        }
    }

    @Override
    public void close() {
        updater.close();
        learning.adapter().close();
        scoring.adapter().close();
    }
}
