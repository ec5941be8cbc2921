package dev.nla.train.grpo;

import ai.djl.ndarray.NDManager;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.parts.ReadTexts;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.train.config.adapter.ReconstructorLoss;
import dev.nla.train.config.policy.CriticSettings;
import dev.nla.train.config.policy.ReconstructorMode;
import dev.nla.train.config.run.OptimizerSettings;
import dev.nla.train.critic.ReconstructorTraining;
import dev.nla.train.optimizer.AdamWOptions;
import dev.nla.train.optimizer.LearningRateSchedule;
import dev.nla.train.optimizer.MovingAverage;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.parts.GradientSum;
import dev.nla.train.parts.MicroBatches;
import dev.nla.train.parts.ReconstructorPart;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.MemoryEstimate;
import dev.nla.train.session.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A critic that learns from each step's descriptions, and scores as it has learnt or with the moving average of its weights. */
final class LearningCritic implements RolloutCritic {
    /** Texts that it learns from at a time, or fewer. */
    static final int MOST_ROWS = 16;

    private static final String SCORING = "reconstructor_";
    private static final String LEARNING = "reconstructor_learning_";

    private final Workers workers;
    private final ReconstructorFolder folder;
    private final Reconstructor scoring;
    private final Reconstructor learning;
    private final ReconstructorTraining training;
    private final Updater updater;
    private final Optional<MovingAverage> average;
    private final MicroBatches microBatches;

    /**
     * A critic that goes on learning.
     *
     * @param workers who works on parts
     * @param folder what it begins as, and is written as
     * @param loss what it is trained with
     * @param mode how the decoder is called in training
     */
    LearningCritic(
            TrainingData data,
            Workers workers,
            ReconstructorFolder folder,
            CriticSettings settings,
            ReconstructorLoss loss,
            OptimizerSettings optimizer,
            MicroBatches microBatches,
            Mode mode) {
        this.workers = workers;
        this.folder = folder;
        this.scoring = folder.reconstructor();
        this.microBatches = microBatches;
        NDManager manager = scoring.decoder().manager();
        LoraAdapter own = scoring.adapter();
        boolean averaged = settings.reconstructorMode() == ReconstructorMode.EMA;
        LoraAdapter learner = averaged ? own.copy(manager) : own;
        learner.requireGradient(true);
        this.learning = scoring.with(learner);
        this.training = new ReconstructorTraining(data, learning, loss, folder.scale(), mode);
        this.updater = new Updater(
                manager,
                learner.parameters(),
                AdamWOptions.of(optimizer),
                LearningRateSchedule.constant(settings.reconstructorLearningRate()),
                optimizer.maxGradNorm(),
                optimizer.maxBadSteps(),
                "reconstructor_learning_rate");
        this.average = averaged
                ? Optional.of(
                        new MovingAverage(own.parameters(), learner.parameters(), settings.reconstructorEmaDecay()))
                : Optional.empty();
    }

    @Override
    public float[][] reconstruct(List<String> descriptions) {
        return new ReadTexts(scoring).of(workers, descriptions);
    }

    @Override
    public Map<String, Double> learn(int step, Rollouts rollouts, PartSeeds seeds) {
        int[] readable = rollouts.readable();
        if (readable.length == 0) {
            return Map.of();
        }
        List<int[]> cut = cut(rollouts, readable);
        int[] drawn = seeds.next(cut.size());
        Parts<ReconstructorPart> parts =
                Parts.of(cut.size(), i -> part(rollouts, cut.get(i), readable.length, drawn[i]));
        GradientSum gradient = new GradientSum(learning.adapter().layout().size());
        double loss = gradient.add(workers, training.gradient(), parts);
        Update update = updater.apply(step, loss, gradient.values());
        average.ifPresent(MovingAverage::update);
        return Map.of("critic/loss", loss, "critic/grad_norm", update.gradientNorm());
    }

    private ReconstructorPart part(Rollouts rollouts, int[] part, int total, int seed) {
        int[] rows = Arrays.stream(part).map(i -> rollouts.rows()[i]).toArray();
        List<String> texts = Arrays.stream(part)
                .mapToObj(i -> rollouts.descriptions().get(i).text())
                .toList();
        return training.part(texts, rows, total, seed);
    }

    /** No more at a time than the policy learns from, and in their order. */
    private List<int[]> cut(Rollouts rollouts, int[] readable) {
        List<long[]> tokens = Arrays.stream(readable)
                .mapToObj(i -> learning.tokens(rollouts.descriptions().get(i).text()))
                .toList();
        int prefix = TokenBatch.sharingPrefix(tokens).prefix().length;
        int[] lengths = tokens.stream().mapToInt(row -> row.length - prefix).toArray();
        return microBatches.inOrder(lengths).stream()
                .map(part -> Arrays.stream(part).map(i -> readable[i]).toArray())
                .toList();
    }

    @Override
    public long bytes() {
        long size = learning.adapter().layout().size();
        return MemoryEstimate.learntBytes(size) + (average.isPresent() ? MemoryEstimate.fixedBytes(size) : 0);
    }

    @Override
    public void save(Path checkpoint) throws IOException {
        folder.write(Files.createDirectory(checkpoint.resolve(Checkpointing.RECONSTRUCTOR)));
        Checkpointing.save(checkpoint, LEARNING, learning.adapter(), updater);
        Checkpointing.save(checkpoint, SCORING, scoring.adapter());
    }

    @Override
    public void restore(Path checkpoint) {
        Checkpointing.restore(checkpoint, LEARNING, learning.adapter(), updater);
        Checkpointing.restore(checkpoint, SCORING, scoring.adapter());
    }

    @Override
    public void close() {
        updater.close();
        learning.adapter().close();
        scoring.adapter().close();
    }
}
