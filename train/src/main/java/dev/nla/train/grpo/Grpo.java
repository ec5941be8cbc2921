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
import dev.nla.train.loop.Course;
import dev.nla.train.loop.Learner;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.Provenance;
import dev.nla.train.run.StepReport;
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
public final class Grpo implements Learner {
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
    private final Course course;
    private final Updater updater;

    private Grpo(GrpoConfig config, TrainingInputs inputs, boolean fixedLength) {
        this.config = config;
        this.inputs = inputs;
        this.course = Course.of(config, inputs.trainRows().length);
        VerbalizerFolder started =
                VerbalizerFolder.read(config.adapters().verbalizer(), inputs.decoder(), inputs.tokenizer());
        started.requireLayer(inputs.layer());
        ReconstructorFolder reconstructor =
                ReconstructorFolder.read(config.adapters().reconstructor(), inputs.decoder(), inputs.tokenizer());
        reconstructor.requireLayer(inputs.layer());
        this.folder = started.inStage(config.stage().text(), inputs.origin());
        this.verbalizer = folder.verbalizer();
        this.reference = verbalizer.adapter().copy(inputs.decoder().manager());
        verbalizer.adapter().requireGradient(true);
        this.updater = Updater.of(
                inputs.decoder().manager(),
                List.of(verbalizer.adapter().parameters()),
                config.optimizer(),
                course.totalSteps());
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

    @Override
    public TrainingPlan plan() {
        return TrainingPlan.of(
                inputs,
                course.totalSteps(),
                verbalizer,
                policy.microBatches(),
                config.rollouts().maxCompletionLength(),
                sampler.bytes() + MemoryEstimate.fixedBytes(reference.layout().size()) + critic.bytes());
    }

    @Override
    public Provenance provenance() {
        return inputs.provenance(config);
    }

    @Override
    public int totalSteps() {
        return course.totalSteps();
    }

    @Override
    public List<String> warnings() {
        return DataWarnings.of(
                inputs,
                List.of(config.adapters().verbalizer(), config.adapters().reconstructor()));
    }

    @Override
    public String metric() {
        return "gap/centered";
    }

    @Override
    public boolean evaluatesFirst() {
        return true;
    }

    @Override
    public StepReport step(int step) {
        StepTimer timer = new StepTimer();
        Rollouts rollouts =
                sampler.rollOut(step, inputs.trainRows(course.order().rows(step)));
        timer.lap("rollout_seconds");
        BatchRewards earned = score(rollouts, step);
        timer.lap("score_seconds");
        Advantages advantages = Advantages.of(
                earned.rewards(), rollouts.groupSize(), config.policy().scaleRewards());
        Map<String, Double> metrics = new LinkedHashMap<>(update(rollouts, earned, advantages, step));
        timer.lap("update_seconds");
        metrics.putAll(critic.learn(step, rollouts));
        timer.lap("critic_seconds");
        return course.report(
                step, metrics, Arrays.stream(rollouts.lengths()).asLongStream().sum(), updater, timer.seconds());
    }

    private BatchRewards score(Rollouts rollouts, int step) {
        return rewards.of(
                rollouts, critic.reconstruct(rollouts.texts()), course.seeds().at(step, "negatives"));
    }

    /** One optimizer step an iteration; later ones are corrected by the ratio to the policy that wrote the descriptions. */
    private Map<String, Double> update(Rollouts rollouts, BatchRewards earned, Advantages advantages, int step) {
        int iterations = config.policy().numIterations();
        List<float[]> written = iterations > 1 ? policy.logProbabilities(rollouts) : List.of();
        Map<String, Double> metrics = Map.of();
        for (int i = 0; i < iterations; i++) {
            TorchRuntime.seed(course.seeds().intAt(step, "dropout " + i));
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

    @Override
    public Evaluation evaluate(int step) {
        return heldOut.evaluate(step, config.report().samplesPerEval());
    }

    /** They are descriptions that the evaluation has written anyway, so they come with it. */
    @Override
    public int samples() {
        return 0;
    }

    @Override
    public Map<String, Object> sample(int step, int number) {
        throw new IllegalStateException("samples come with the evaluation");
    }

    @Override
    public void save(Path checkpoint) throws IOException {
        folder.write(Files.createDirectory(checkpoint.resolve(Checkpointing.ADAPTER)));
        Checkpointing.save(checkpoint, "", verbalizer.adapter(), updater);
        critic.save(checkpoint);
    }

    @Override
    public void restore(Path checkpoint) {
        Checkpointing.restore(checkpoint, "", verbalizer.adapter(), updater);
        critic.restore(checkpoint);
    }

    @Override
    public String result() {
        return Checkpointing.ADAPTER;
    }

    @Override
    public void close() {
        updater.close();
        critic.close();
        writer.close();
        reference.close();
        verbalizer.adapter().close();
        inputs.close();
    }
}
