package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nla.model.InputException;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects that computing activations again changes memory and nothing else, that adapters with dropout are refused, and that with it adapters
 * learn over weights in few bits.
 */
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

    @ParameterizedTest
    @ValueSource(strings = {"int8", "int4"})
    void adaptersLearnOverABaseInFewBits(String base) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] few = TinyWorld.settings(again(), "learning_rate=3e-3", "adam_epsilon=1e-8", "base_dtype=" + base);
        RunFiles full =
                run(world.verbalizer("full", TinyWorld.settings(again(), "adam_epsilon=1e-8", "learning_rate=3e-3")));
        RunFiles rounded = run(world.verbalizer("rounded", few));
        assertThat(rounded.metric("loss")[0]).isCloseTo(full.metric("loss")[0], withinPercentage(10));
        assertThat(rounded.metric("loss")[0]).isNotEqualTo(full.metric("loss")[0]);
        double[] losses = run(world.verbalizer("more", TinyWorld.settings(few, "max_steps=8")))
                .metric("loss");
        assertThat(losses).hasSize(8);
        assertThat(losses[7]).isLessThan(losses[0]);
    }

    @Test
    void aBaseInFewBitsNeedsIt() {
        TinyWorld world = TinyWorld.trained(folder);
        TrainConfig config = world.verbalizer("few", TinyWorld.settings(STEP, "base_dtype=int4"));
        assertThatThrownBy(() -> TinyWorld.train(config))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("base_dtype is int4")
                .hasMessageContaining("gradient_checkpointing=true");
        assertThat(world.run("few").folder()).doesNotExist();
    }

    @Test
    void aTypeThatThereIsNotIsRefused() {
        TinyWorld world = TinyWorld.trained(folder);
        assertThatThrownBy(() -> world.verbalizer("none", "base_dtype=int5"))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("base_dtype", "int5", "same", "int8", "int4");
    }

    private static RunFiles run(TrainConfig config) {
        TinyWorld.train(config);
        return new RunFiles(config.run().outputDir());
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
