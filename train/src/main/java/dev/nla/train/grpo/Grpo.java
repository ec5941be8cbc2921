package dev.nla.train.grpo;

import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.sidecar.Role;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.verbalizer.RawText;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.reward.BatchRewards;
import dev.nla.reward.advantage.Advantages;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.descriptions.Descriptions;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.DataOrder;
import dev.nla.train.run.Learner;
import dev.nla.train.run.Resume;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.StepSeeds;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.run.TrainingLoop;
import dev.nla.train.run.TrainingRun;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.DataWarnings;
import dev.nla.train.session.MemoryEstimate;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Group-relative policy optimization (Shao et al. 2024) of a verbalizer: several descriptions of each activation are sampled, the critic
 * turns them back into vectors, and what came nearer than its group becomes likelier.
 */
public final class Grpo implements AutoCloseable {
    private final GrpoConfig config;
    private final TrainingInputs inputs;
    private final VerbalizerFolder folder;
    private final Verbalizer verbalizer;
    private final LoraAdapter reference;
    private final RolloutModel writer;
    private final Sampler sampler;
    private final Policy policy;
    private final Optional<DescriptionLoss> supervised;
    private final Critic critic;
    private final Rewards rewards;
    private final HeldOutDescriptions heldOut;
    private final DataOrder order;
    private final StepSeeds seeds;
    private final int totalSteps;

    private Grpo(GrpoConfig config, TrainingInputs inputs, boolean fixedLength) {
        this.config = config;
        this.inputs = inputs;
        int rows = inputs.trainRows().length;
        this.order = new DataOrder(
                config.run().seed(), rows, Math.min(rows, config.budget().rowsPerStep()));
        this.seeds = new StepSeeds(config.run().seed());
        this.totalSteps = config.budget().totalSteps(rows);
        VerbalizerFolder started =
                VerbalizerFolder.read(config.adapters().verbalizer(), inputs.decoder(), inputs.tokenizer());
        started.requireLayer(inputs.layer());
        ReconstructorFolder reconstructor =
                ReconstructorFolder.read(config.adapters().reconstructor(), inputs.decoder(), inputs.tokenizer());
        reconstructor.requireLayer(inputs.layer());
        this.folder = started.inStage(config.stage().text(), inputs.origin());
        this.verbalizer = folder.verbalizer();
        this.reference = verbalizer.adapter().copy(inputs.decoder().manager());
        this.writer = RolloutModel.of(config.rollouts().rolloutDtype(), inputs);
        try {
            this.sampler = new Sampler(
                    config,
                    inputs,
                    verbalizer,
                    writer,
                    fixedLength ? new RawText(inputs.tokenizer()) : verbalizer.format());
            this.policy = new Policy(config, inputs, verbalizer, reference, writer.own());
            this.supervised = config.policy().sftWeight() > 0 ? Optional.of(descriptionLoss()) : Optional.empty();
            this.critic = Critic.of(config, inputs, reconstructor);
            this.rewards = new Rewards(config, inputs, reconstructor.scale());
            this.heldOut = new HeldOutDescriptions(
                    inputs, verbalizer, critic, config.rollouts().maxCompletionLength());
        } catch (RuntimeException | Error refused) {
            // Everything else is freed with the inputs.
            writer.close();
            throw refused;
        }
    }

    private DescriptionLoss descriptionLoss() {
        Descriptions own = Descriptions.of(inputs, Optional.empty(), verbalizer.format()::foreign);
        int limit = config.rollouts().maxCompletionLength();
        return new DescriptionLoss(inputs, verbalizer, own, policy.microBatches(), limit, "max_completion_length");
    }

    /** Loads everything a run needs, without starting it; the caller closes it. */
    public static Grpo open(GrpoConfig config) {
        return open(config, false);
    }

    /**
     * A run for measuring: every description takes {@code max_completion_length} tokens and is scored as it stands, so that the work is
     * the same whatever the verbalizer says.
     */
    public static Grpo openFixedLength(GrpoConfig config) {
        return open(config, true);
    }

    private static Grpo open(GrpoConfig config, boolean fixedLength) {
        AdapterFolder.open(config.adapters().verbalizer(), Role.VERBALIZER);
        AdapterFolder.open(config.adapters().reconstructor(), Role.RECONSTRUCTOR);
        TrainingInputs inputs = TrainingInputs.open(config.run(), config.report());
        try {
            return new Grpo(config, inputs, fixedLength);
        } catch (RuntimeException | Error e) {
            inputs.close();
            throw e;
        }
    }

    /** What the run would do. */
    public TrainingPlan plan() {
        TrainingPlan plan = TrainingPlan.of(
                inputs,
                totalSteps,
                verbalizer,
                policy.microBatches(),
                config.rollouts().maxCompletionLength(),
                sampler.bytes() + MemoryEstimate.fixedBytes(reference.layout().size()) + critic.bytes());
        return plan.with(warnings());
    }

    private List<String> warnings() {
        return DataWarnings.of(
                inputs,
                List.of(config.adapters().verbalizer(), config.adapters().reconstructor()));
    }

    /** Trains, evaluates and saves as the settings say, and returns the folder of the best adapter. */
    public Path train(Resume resume, TrainingListener listener) {
        try (TrainingRun run = TrainingRun.open(
                        config, inputs.provenance(config), resume, "gap/centered", totalSteps, listener);
                Updater updater = Updater.of(
                        inputs.decoder().manager(),
                        List.of(verbalizer.adapter().parameters()),
                        config.optimizer(),
                        totalSteps)) {
            warnings().forEach(listener::onWarning);
            verbalizer.adapter().requireGradient(true);
            return new TrainingLoop(run, new Loop(updater)).toItsEnd();
        }
    }

    private StepReport step(int step, Updater updater) {
        StepTimer timer = new StepTimer();
        Rollouts rollouts = sampler.rollOut(step, inputs.trainRows(order.rows(step)));
        timer.lap("rollout_seconds");
        BatchRewards earned = score(rollouts, step);
        timer.lap("score_seconds");
        Advantages advantages = Advantages.of(
                earned.rewards(), rollouts.groupSize(), config.policy().scaleRewards());
        Map<String, Double> metrics = new LinkedHashMap<>(update(rollouts, earned, advantages, step, updater));
        timer.lap("update_seconds");
        metrics.putAll(critic.learn(step, rollouts));
        timer.lap("critic_seconds");
        return new StepReport(
                step + 1,
                metrics,
                Map.of("num_tokens", (double) Arrays.stream(rollouts.lengths()).sum()),
                Map.of(
                        "learning_rate", updater.learningRate(step),
                        "epoch", order.epochsAfter(step + 1),
                        "bad_steps", (double) updater.badSteps()),
                timer.seconds());
    }

    private BatchRewards score(Rollouts rollouts, int step) {
        return rewards.of(rollouts, critic.reconstruct(rollouts.texts()), seeds.at(step, "negatives"));
    }

    /** One optimizer step an iteration; later ones are corrected by the ratio to the policy that wrote the descriptions. */
    private Map<String, Double> update(
            Rollouts rollouts, BatchRewards earned, Advantages advantages, int step, Updater updater) {
        int iterations = config.policy().numIterations();
        List<float[]> written = iterations > 1 ? policy.logProbabilities(rollouts) : List.of();
        Map<String, Double> metrics = Map.of();
        for (int i = 0; i < iterations; i++) {
            TorchRuntime.seed(seeds.intAt(step, "dropout " + i));
            Policy.Pass pass = policy.accumulate(rollouts, advantages, i == 0 ? List.of() : written);
            OptionalDouble imitation = imitate(rollouts);
            double loss = pass.loss() + config.policy().sftWeight() * imitation.orElse(0);
            Update update = updater.apply(step, rollouts.defined() ? loss : Double.NaN);
            metrics = StepMetrics.of(rollouts, earned, advantages, pass, imitation, update);
        }
        return metrics;
    }

    /** Adds the gradients of the supervised loss on the rows' own descriptions, where it has a weight, and returns it. */
    private OptionalDouble imitate(Rollouts rollouts) {
        int[] rows = Arrays.stream(rollouts.rows()).distinct().toArray();
        return supervised
                .map(loss -> OptionalDouble.of(
                        loss.accumulate(rows, loss.tokens(rows), config.policy().sftWeight())))
                .orElse(OptionalDouble.empty());
    }

    /** What the shared loop asks for. */
    private final class Loop implements Learner {
        private final Updater updater;

        Loop(Updater updater) {
            this.updater = updater;
        }

        @Override
        public void restore(Path checkpoint) {
            Checkpointing.restore(checkpoint, "", verbalizer.adapter(), updater);
            critic.restore(checkpoint);
        }

        @Override
        public boolean evaluatesBeforeTheFirstStep() {
            return true;
        }

        @Override
        public StepReport step(int step) {
            return Grpo.this.step(step, updater);
        }

        /** The samples are descriptions that the evaluation has written anyway, so they are there with it. */
        @Override
        public void evaluate(int step, TrainingRun run) {
            long begin = System.nanoTime();
            HeldOutDescriptions.Result result =
                    heldOut.evaluate(step, config.report().samplesPerEval());
            run.evaluated(step, result.metrics(), Map.of("eval_seconds", (System.nanoTime() - begin) / 1e9));
            result.samples().forEach(run::sample);
        }

        @Override
        public void save(Path checkpoint) throws IOException {
            folder.write(Files.createDirectory(checkpoint.resolve(Checkpointing.ADAPTER)));
            Checkpointing.save(checkpoint, "", verbalizer.adapter(), updater);
            critic.save(checkpoint);
        }

        @Override
        public Path publish(TrainingRun run) {
            return Checkpointing.publishBest(run);
        }

        @Override
        public int samples() {
            return 0;
        }

        @Override
        public Map<String, Object> sample(int step, int number) {
            throw new IllegalStateException("samples come with the evaluation");
        }
    }

    @Override
    public void close() {
        critic.close();
        writer.close();
        reference.close();
        verbalizer.adapter().close();
        inputs.close();
    }
}
