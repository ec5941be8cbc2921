package dev.nla.train.grpo;

import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.ReconstructorMode;
import dev.nla.train.critic.ReconstructorTraining;
import dev.nla.train.optimizer.AdamWOptions;
import dev.nla.train.optimizer.LearningRateSchedule;
import dev.nla.train.optimizer.MovingAverage;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.MemoryEstimate;
import dev.nla.train.session.MicroBatches;
import dev.nla.train.session.TrainingInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A critic that learns from each step's descriptions, and scores as it has learnt or with the moving average of its weights. */
final class LearningCritic implements Critic {
    private static final int MOST_ROWS = 16;
    private static final String SCORING = "reconstructor_";
    private static final String LEARNING = "reconstructor_learning_";

    private final ReconstructorFolder folder;
    private final Reconstructor scoring;
    private final Reconstructor learning;
    private final ReconstructorTraining training;
    private final Updater updater;
    private final Optional<MovingAverage> average;
    private final MicroBatches microBatches;

    LearningCritic(GrpoConfig config, TrainingInputs inputs, ReconstructorFolder started) {
        this.folder = started.inStage(config.stage().text(), inputs.origin());
        this.training = new ReconstructorTraining(
                inputs,
                config.reconstructorLoss(),
                folder.scale(),
                inputs.trainingMode(folder.reconstructor().adapter()));
        this.scoring = folder.reconstructor();
        LoraAdapter own = scoring.adapter();
        boolean averaged = config.critic().reconstructorMode() == ReconstructorMode.EMA;
        LoraAdapter learner = averaged ? own.copy(inputs.decoder().manager()) : own;
        learner.requireGradient(true);
        this.learning = scoring.with(learner);
        this.updater = new Updater(
                inputs.decoder().manager(),
                List.of(learner.parameters()),
                AdamWOptions.of(config.optimizer()),
                LearningRateSchedule.constant(config.critic().reconstructorLearningRate()),
                config.optimizer().maxGradNorm(),
                config.optimizer().maxBadSteps(),
                "reconstructor_learning_rate");
        int most = config.policy().microBatchSize().orElse(MOST_ROWS);
        this.microBatches =
                new MicroBatches(Math.min(MOST_ROWS, most), config.policy().microBatchTokens());
        double decay = config.critic().reconstructorEmaDecay();
        this.average = averaged
                ? Optional.of(new MovingAverage(own.parameters(), learner.parameters(), decay))
                : Optional.empty();
    }

    @Override
    public float[][] reconstruct(List<String> descriptions) {
        return scoring.reconstruct(descriptions);
    }

    @Override
    public Map<String, Double> learn(int step, Rollouts rollouts) {
        int[] readable = rollouts.readable();
        if (readable.length == 0) {
            return Map.of();
        }
        double loss = 0;
        for (int[] part : parts(rollouts, readable)) {
            int[] rows = Arrays.stream(part).map(i -> rollouts.rows()[i]).toArray();
            List<String> texts = Arrays.stream(part)
                    .mapToObj(i -> rollouts.descriptions().get(i).text())
                    .toList();
            loss += training.accumulate(learning, texts, rows, readable.length);
        }
        Update update = updater.apply(step, loss);
        average.ifPresent(MovingAverage::update);
        return Map.of("critic/loss", loss, "critic/grad_norm", update.gradientNorm());
    }

    /** No more at a time than the policy learns from, and in their order. */
    private List<int[]> parts(Rollouts rollouts, int[] readable) {
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
