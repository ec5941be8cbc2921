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

    /** Five steps see all rows once, so the first five and the last five are of the same rows. */
    @Test
    void policyOptimizationRaisesTheReward() {
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(world.grpo(
                Stage.GRPO,
                "grpo",
                "max_steps=30",
                "reward=round_trip",
                "learning_rate=1e-3",
                "num_generations=8",
                "temperature=0.7"));
        RunFiles run = world.run("grpo");
        double[] reward = run.metric("reward");
        assertThat(mean(reward, 25, 30)).isGreaterThan(mean(reward, 0, 5) + 0.06);
        double[] cosine = run.metric("rewards/centered_cosine");
        assertThat(mean(cosine, 25, 30)).isGreaterThan(mean(cosine, 0, 5) + 0.05);
        assertThat(run.lines().get(1).fieldNames())
                .toIterable()
                .contains("reward_std", "entropy", "clip_ratio/region_mean", "frac_reward_zero_std", "num_tokens")
                .contains("completions/mean_length", "completions/clipped_ratio");
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }
}
