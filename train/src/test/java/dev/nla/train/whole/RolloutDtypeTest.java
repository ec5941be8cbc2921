package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.config.Stage;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects rollouts in another number type than the policy learns in: the difference is measured and logged, small, and learning goes on;
 * in the same type nothing is corrected.
 */
class RolloutDtypeTest {
    private static final String[] SHORT = {"max_steps=4", "per_device_train_batch_size=8", "reward=round_trip"};

    @TempDir
    private Path folder;

    @Test
    void logsHowFarEightBitsAreFromTheTrainingType() {
        RunFiles run = run("int8", "rollout_dtype=int8");
        assertThat(each(run, "sampling/logp_difference_mean"))
                .hasSize(4)
                .allMatch(value -> value > 1e-6 && value < 0.2);
        assertThat(each(run, "sampling/importance_ratio_mean")).allMatch(value -> Math.abs(value - 1) < 0.1);
        assertThat(each(run, "sampling/importance_ratio_capped")).allMatch(value -> value >= 0 && value < 0.05);
        assertThat(each(run, "grad_norm")).anyMatch(value -> value > 0);
    }

    @Test
    void correctsNothingInTheTrainingType() {
        assertThat(each(run("same", "rollout_dtype=float32"), "sampling/importance_ratio_mean"))
                .isEmpty();
    }

    private static List<Double> each(RunFiles run, String metric) {
        return Arrays.stream(run.metric(metric)).boxed().toList();
    }

    private RunFiles run(String name, String dtype) {
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(world.grpo(Stage.GRPO, name, TinyWorld.settings(SHORT, dtype)));
        return world.run(name);
    }
}
