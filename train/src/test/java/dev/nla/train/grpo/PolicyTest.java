package dev.nla.train.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.reward.advantage.Advantages;
import dev.nla.reward.advantage.ScaleRewards;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.parts.GradientSum;
import dev.nla.train.parts.MicroBatches;
import dev.nla.train.run.order.StepSeeds;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the update of one step: what was sampled is what is scored, the sign of the update, old and reference probabilities. */
class PolicyTest {
    @TempDir
    private static Path folder;

    private final TinyWorld world = TinyWorld.trained(folder);
    private final GrpoConfig config =
            world.grpo(Stage.GRPO, "none", "temperature=0.7", "micro_batch_size=5", "num_iterations=2");
    private TrainingInputs inputs;
    private Verbalizer verbalizer;
    private Rollouts rollouts;
    private GradientSum sum;

    @BeforeEach
    void rollOut() {
        inputs = TrainingInputs.open(config.run(), config.report());
        verbalizer = VerbalizerFolder.read(
                        config.adapters().verbalizer().folder(),
                        inputs.decoder(),
                        inputs.data().tokenizer())
                .verbalizer();
        verbalizer.adapter().requireGradient(true);
        int[] rows = {
            inputs.data().trainRows()[3],
            inputs.data().trainRows()[8],
            inputs.data().trainRows()[20]
        };
        rollouts = Rollouts.of(
                rows,
                verbalizer.describe(
                        inputs.data().activations(rows), new Sampling(0.7f, 0, 1, 40), 4, new long[] {1, 2, 3}));
    }

    @AfterEach
    void close() {
        verbalizer.adapter().close();
        inputs.close();
    }

    @Test
    void tokensHaveTheProbabilitiesTheyWereSampledWith() {
        List<float[]> scored = policy(config).logProbabilities(rollouts);
        for (int i = 0; i < rollouts.size(); i++) {
            float[] sampled = rollouts.descriptions().get(i).completion().logProbabilities();
            assertThat(scored.get(i)).as("description " + i).containsExactly(sampled, within(2e-4f));
        }
        assertThat(IntStream.of(rollouts.lengths()).distinct().count()).isGreaterThan(1);
        assertThat(rollouts.defined()).isTrue();
    }

    @Test
    void anUpdateMakesTheBetterDescriptionsLikelierAndTheWorseLess() {
        Advantages advantages = alternating();
        Policy policy = policy(config);
        double before = agreement(policy.logProbabilities(rollouts), advantages);
        learn(policy, advantages, List.of());
        descend(1e-3);
        assertThat(agreement(policy.logProbabilities(rollouts), advantages)).isGreaterThan(before + 1e-3);
    }

    @Test
    void anUnchangedPolicyHasTheSameGradientWithItsOldProbabilitiesGiven() {
        Policy policy = policy(config);
        Policy.Pass first = learn(policy, alternating(), List.of());
        float[] onPolicy = sum.values();
        Policy.Pass second = learn(policy, alternating(), policy.logProbabilities(rollouts));
        float[] withOld = sum.values();
        assertThat(second.loss()).isCloseTo(first.loss(), within(1e-4));
        assertThat(withOld).containsExactly(onPolicy, within(1e-4f));
        assertThat(second.metrics().clipRegion()).isZero();
        assertThat(first.entropy()).isPositive();
    }

    @Test
    void groupsThatAgreeAreLeftOutUnlessTheReferenceHoldsThePolicy() {
        double[] rewards = new double[rollouts.size()];
        rewards[0] = 1;
        Advantages advantages = Advantages.of(rewards, 4, ScaleRewards.GROUP);
        Policy.Pass pass = learn(policy(config), advantages, List.of());
        int[] lengths = rollouts.lengths();
        assertThat(pass.metrics().tokens())
                .isEqualTo(IntStream.range(0, 4).map(i -> lengths[i]).sum());
        GrpoConfig held = world.grpo(Stage.GRPO, "none", "beta=0.1", "temperature=0.7");
        Policy.Pass all = learn(policy(held), advantages, List.of());
        assertThat(all.metrics().tokens()).isEqualTo(IntStream.of(lengths).sum());
        assertThat(all.metrics().kl().orElseThrow()).isCloseTo(0, within(1e-6));
        Advantages flat = Advantages.of(new double[rollouts.size()], 4, ScaleRewards.GROUP);
        Policy.Pass none = learn(policy(config), flat, List.of());
        assertThat(none.loss()).isZero();
        assertThat(none.entropy()).isNaN();
    }

    private Policy policy(GrpoConfig settings) {
        return new Policy(
                inputs.data(),
                inputs.workers(),
                new MicroBatches(5, 1024),
                Policy.gradient(settings, verbalizer, verbalizer.adapter(), false, Mode.TRAINING));
    }

    private Policy.Pass learn(Policy policy, Advantages advantages, List<float[]> old) {
        sum = new GradientSum(verbalizer.adapter().layout().size());
        return policy.learn(rollouts, advantages, old, new StepSeeds(0).ofParts(0, "test"), sum);
    }

    private Advantages alternating() {
        double[] rewards =
                IntStream.range(0, rollouts.size()).mapToDouble(i -> i % 3).toArray();
        return Advantages.of(rewards, 4, ScaleRewards.GROUP);
    }

    /** What the update is to raise: the sum of advantage times log-probability. */
    private static double agreement(List<float[]> scored, Advantages advantages) {
        double sum = 0;
        for (int i = 0; i < scored.size(); i++) {
            for (float value : scored.get(i)) {
                sum += advantages.values()[i] * value;
            }
        }
        return sum;
    }

    private void descend(double rate) {
        float[] gradient = sum.values();
        LoraAdapter adapter = verbalizer.adapter();
        float[] values = adapter.parameters().toFloatArray();
        for (int i = 0; i < values.length; i++) {
            values[i] -= (float) rate * gradient[i];
        }
        adapter.set(values);
    }
}
