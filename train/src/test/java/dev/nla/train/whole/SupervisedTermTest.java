package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.train.config.Stage;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the supervised term beside the reward: with {@code sft_weight} a policy step has the gradient it has without, and so many times
 * that of a step of supervised fine-tuning on the same rows.
 */
class SupervisedTermTest {
    private static final double WEIGHT = 0.7;
    private static final String[] ONE_STEP = {
        "max_steps=1", "per_device_train_batch_size=8", "max_grad_norm=0", "adam_epsilon=1"
    };

    @TempDir
    private Path folder;

    @Test
    void addsTheGradientOfSupervisedFineTuning() {
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(world.verbalizer(
                "sft",
                TinyWorld.settings(ONE_STEP, "init_adapter=" + world.home().resolve("verbalizer/adapter"))));
        TinyWorld.train(world.grpo(Stage.GRPO, "without", ONE_STEP));
        TinyWorld.train(world.grpo(Stage.GRPO, "with", TinyWorld.settings(ONE_STEP, "sft_weight=" + WEIGHT)));

        RunFiles with = world.run("with");
        double loss = world.run("sft").metric("loss")[0];
        assertThat(with.metric("sft_loss")[0]).isPositive().isCloseTo(loss, within(1e-5 * loss));
        assertThat(with.metric("reward")).isEqualTo(world.run("without").metric("reward"));
        float[] both = with.firstMoment(1);
        float[] policy = world.run("without").firstMoment(1);
        float[] supervised = world.run("sft").firstMoment(1);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < both.length; i++) {
            double share = WEIGHT * supervised[i];
            largest = Math.max(largest, Math.abs(share));
            difference = Math.max(difference, Math.abs(both[i] - policy[i] - share));
        }
        assertThat(largest).isPositive();
        assertThat(difference).isLessThan(1e-4 * largest);
    }
}
