package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.config.Stage;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that the loops learn what they are for, in the right direction. Runs are seeded, so these numbers do not wander. */
class LearningTest {
    @TempDir
    private Path folder;

    @Test
    void theVerbalizerLearnsToDescribeAndReadsTheVector() {
        RunFiles run = new RunFiles(TinyWorld.trained(folder).home().resolve("verbalizer"));
        assertThat(last(run.metric("loss"))).isLessThan(run.metric("loss")[0] / 20);
        assertThat(last(run.metric("eval_loss"))).isLessThan(run.metric("eval_loss")[0] / 3);
        assertThat(last(run.metric("eval_loss_difference"))).isGreaterThan(0.03);
    }

    @Test
    void theReconstructorFindsHeldOutVectorsAmongTheirNeighbours() {
        RunFiles run = new RunFiles(TinyWorld.trained(folder).home().resolve("reconstructor"));
        assertThat(last(run.metric("loss"))).isLessThan(run.metric("loss")[0] / 4);
        assertThat(last(run.metric("eval_gap/centered"))).isGreaterThan(0.2);
        assertThat(last(run.metric("eval_gap/centered_accuracy"))).isGreaterThan(0.8);
        assertThat(last(run.metric("eval_fve/nrm"))).isGreaterThan(0.3);
    }

    /** Five steps see all rows once, so the first five and the last five are of the same rows; single runs are noisy, so there are four. */
    @Test
    void policyOptimizationRaisesTheReward() {
        TinyWorld world = TinyWorld.trained(folder);
        double reward = 0;
        double cosine = 0;
        for (int seed = 0; seed < 4; seed++) {
            TinyWorld.train(world.grpo(
                    Stage.GRPO,
                    "grpo" + seed,
                    "max_steps=30",
                    "reward=round_trip",
                    "learning_rate=2e-4",
                    "num_generations=8",
                    "temperature=0.7",
                    "seed=" + seed));
            RunFiles run = world.run("grpo" + seed);
            reward += rise(run.metric("reward")) / 4;
            cosine += rise(run.metric("rewards/centered_cosine")) / 4;
        }
        assertThat(reward).isGreaterThan(0.02);
        assertThat(cosine).isGreaterThan(0.02);
        assertThat(world.run("grpo0").lines().get(1).fieldNames())
                .toIterable()
                .contains("reward_std", "entropy", "clip_ratio/region_mean", "frac_reward_zero_std", "num_tokens")
                .contains("completions/mean_length", "completions/clipped_ratio");
    }

    private static double rise(double[] values) {
        return mean(values, 25, 30) - mean(values, 0, 5);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }
}
