package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that computing activations again changes memory and nothing else, and that adapters with dropout are refused. */
class GradientCheckpointingTest {
    private static final String[] STEP = {"max_steps=1", "adam_epsilon=1", "learning_rate=10", "eval_steps=1"};

    @TempDir
    private Path folder;

    @Test
    void ofTheVerbalizer() {
        TinyWorld world = TinyWorld.trained(folder);
        assertSame(world.verbalizer("kept", STEP), world.verbalizer("again", again()));
    }

    @Test
    void ofTheReconstructor() {
        TinyWorld world = TinyWorld.trained(folder);
        assertSame(world.reconstructor("kept", STEP), world.reconstructor("again", again()));
    }

    @Test
    void ofThePolicyWithAReferenceAndACriticThatLearns() {
        TinyWorld world = TinyWorld.trained(folder);
        String[] policy = {"beta=0.1", "reward=round_trip", "reconstructor_mode=online", "micro_batch_size=6"};
        assertSame(
                world.grpo(Stage.GRPO, "kept", TinyWorld.settings(STEP, policy)),
                world.grpo(Stage.GRPO, "again", TinyWorld.settings(again(), policy)));
    }

    @Test
    void adaptersThatDropOut() {
        TinyWorld world = TinyWorld.trained(folder);
        TrainConfig config = world.verbalizer("again", TinyWorld.settings(again(), "lora_dropout=0.1"));
        assertThatThrownBy(() -> TinyWorld.train(config))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("gradient_checkpointing")
                .hasMessageContaining("lora_dropout 0.1");
        assertThat(world.run("again").folder()).doesNotExist();
    }

    private static String[] again() {
        return TinyWorld.settings(STEP, "gradient_checkpointing=true");
    }

    /** The same sums in almost the same order: equal to float32's rounding. */
    private static void assertSame(TrainConfig keeping, TrainConfig computingAgain) {
        TinyWorld.train(keeping);
        TinyWorld.train(computingAgain);
        RunFiles kept = new RunFiles(keeping.run().outputDir());
        RunFiles again = new RunFiles(computingAgain.run().outputDir());
        assertThat(again.metric("loss")[0]).isCloseTo(kept.metric("loss")[0], within(1e-6));
        float[] expected = kept.firstMoment(1);
        float[] actual = again.firstMoment(1);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        assertThat(actual).containsExactly(expected, within(1e-5f * largest));
    }
}
