package dev.nla.train.grpo;

import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.sidecar.Role;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.WorkersSource;
import dev.nla.reward.BatchRewards;
import dev.nla.reward.advantage.Advantages;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.loop.Course;
import dev.nla.train.loop.Learner;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.parts.GradientSum;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.DataWarnings;
import dev.nla.train.session.MadeFrom;
import dev.nla.train.session.TrainingData;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Group-relative policy optimization (Shao et al. 2024) of a verbalizer: several descriptions of each activation are sampled, the critic
 * turns them back into vectors, and what came nearer than its group becomes likelier.
 */
public final class Grpo implements Learner {
    private final GrpoConfig config;
    private final TrainingInputs inputs;
    private final TrainingData data;
    private final Course course;
    private final Players players;
    private final Verbalizer verbalizer;
    private final Updater updater;

    private Grpo(GrpoConfig config, TrainingInputs inputs, boolean fixedLength) {
        this.config = config;
        this.inputs = inputs;
        this.data = inputs.data();
        this.course = Course.of(config, data.trainRows().length);
        this.players = new Casting(config, inputs, course.seeds()).players(fixedLength);
        this.verbalizer = players.folder().verbalizer();
        verbalizer.adapter().requireGradient(true);
        this.updater = Updater.of(
                inputs.decoder().manager(), verbalizer.adapter().parameters(), config.optimizer(), course.totalSteps());
    }

    /** Loads everything a run needs, without starting it; the caller closes it. */
    public static Grpo open(GrpoConfig config, WorkersSource workers) {
        return open(config, workers, false);
    }

    /**
     * A run for measuring: every description takes {@code max_completion_length} tokens and is scored as it stands, so that the work is
     * the same whatever the verbalizer says.
     */
    public static Grpo openFixedLength(GrpoConfig config) {
        return open(config, WorkersSource.here(), true);
    }

    private static Grpo open(GrpoConfig config, WorkersSource workers, boolean fixedLength) {
        AdapterFolder.open(config.adapters().verbalizer().folder(), Role.VERBALIZER);
        AdapterFolder.open(config.adapters().reconstructor().folder(), Role.RECONSTRUCTOR);
        TrainingInputs inputs = TrainingInputs.open(config.run(), config.report(), workers);
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
                data,
                course.totalSteps(),
                verbalizer,
                players.policy().mode(),
                players.policy().microBatches(),
                config.rollouts().maxCompletionLength(),
                players.besides());
    }

    @Override
    public RunProvenance provenance() {
        return MadeFrom.provenance(config, data.tokenizer(), inputs.decoder().computeType());
    }

    @Override
    public int totalSteps() {
        return course.totalSteps();
    }

    @Override
    public List<String> warnings() {
        return DataWarnings.of(
                data,
                List.of(
                        config.adapters().verbalizer().folder(),
                        config.adapters().reconstructor().folder()));
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
                players.sampler().rollOut(step, data.trainRows(course.order().rows(step)));
        timer.lap("rollout_seconds");
        BatchRewards earned = score(rollouts, step);
        timer.lap("score_seconds");
        Advantages advantages = Advantages.of(
                earned.rewards(), rollouts.groupSize(), config.policy().scaleRewards());
        Map<String, Double> metrics = new LinkedHashMap<>(update(rollouts, earned, advantages, step));
        timer.lap("update_seconds");
        metrics.putAll(players.critic().learn(step, rollouts, course.seeds().ofParts(step, "critic dropout")));
        timer.lap("critic_seconds");
        return course.report(
                step, metrics, Arrays.stream(rollouts.lengths()).asLongStream().sum(), updater, timer.seconds());
    }

    private BatchRewards score(Rollouts rollouts, int step) {
        return players.rewards()
                .of(
                        rollouts,
                        players.critic().reconstruct(rollouts.texts()),
                        course.seeds().at(step, "negatives"));
    }

    /** One optimizer step an iteration; later ones are corrected by the ratio to the policy that wrote the descriptions. */
    private Map<String, Double> update(Rollouts rollouts, BatchRewards earned, Advantages advantages, int step) {
        int iterations = config.policy().numIterations();
        List<float[]> written = iterations > 1 ? players.policy().logProbabilities(rollouts) : List.of();
        Map<String, Double> metrics = Map.of();
        for (int i = 0; i < iterations; i++) {
            PartSeeds parts = course.seeds().ofParts(step, "dropout " + i);
            GradientSum gradient = new GradientSum(verbalizer.adapter().layout().size());
            Policy.Pass pass =
                    players.policy().learn(rollouts, advantages, i == 0 ? List.of() : written, parts, gradient);
            OptionalDouble imitation = imitate(rollouts, parts, gradient);
            double loss = pass.loss() + config.policy().sftWeight() * imitation.orElse(0);
            Update update = updater.apply(step, rollouts.defined() ? loss : Double.NaN, gradient.values());
            metrics = StepMetrics.of(rollouts, earned, advantages, pass, imitation, update);
        }
        return metrics;
    }

    /** Adds the gradients of the supervised loss on the rows' own descriptions, where it has a weight, and returns it. */
    private OptionalDouble imitate(Rollouts rollouts, PartSeeds parts, GradientSum gradient) {
        if (players.supervised().isEmpty()) {
            return OptionalDouble.empty();
        }
        DescriptionLoss loss = players.supervised().get();
        int[] rows = Arrays.stream(rollouts.rows()).distinct().toArray();
        return OptionalDouble.of(gradient.add(
                inputs.workers(),
                loss.gradient(),
                loss.parts(rows, loss.tokens(rows), config.policy().sftWeight(), parts)));
    }

    @Override
    public Evaluation evaluate(int step) {
        return players.heldOut().evaluate(step, config.report().samplesPerEval());
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
        players.folder().write(Files.createDirectory(checkpoint.resolve(Checkpointing.ADAPTER)));
        Checkpointing.save(checkpoint, "", verbalizer.adapter(), updater);
        players.critic().save(checkpoint);
    }

    @Override
    public void restore(Path checkpoint) {
        Checkpointing.restore(checkpoint, "", verbalizer.adapter(), updater);
        players.critic().restore(checkpoint);
    }

    @Override
    public String result() {
        return Checkpointing.ADAPTER;
    }

    @Override
    public void close() {
        updater.close();
        players.close();
        inputs.close();
    }
}
