package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.safetensors.SafetensorsFile;
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
 * Protects that gradient accumulation changes memory and nothing else: one step of four batches of 4 has the loss, gradient and adapter of
 * one of 16.
 *
 * <p>The sums are taken in another order over rows of another padding, so numbers agree to float32's rounding: relative to the largest
 * number, {@value #ROUNDING} (the policy's gradient is a difference of larger ones). AdamW's epsilon is set to 1: the usual first step is the gradient's sign, in which rounding would show as
 * whole steps wherever a gradient is almost zero, whereas so the adapter moves in proportion to the gradient.
 */
class GradientAccumulationTest {
    private static final double ROUNDING = 5e-5;
    private static final String[] SMOOTH = {"max_steps=1", "adam_epsilon=1", "learning_rate=10", "max_grad_norm=0.5"};
    private static final String[] IN_FOUR = {"per_device_train_batch_size=4", "gradient_accumulation_steps=4"};
    private static final String[] AT_ONCE = {"per_device_train_batch_size=16"};

    @TempDir
    private Path folder;

    @Test
    void ofTheVerbalizer() {
        TinyWorld world = TinyWorld.trained(folder);
        assertSameStep(
                run(world, world.verbalizer("four", with(IN_FOUR))),
                run(world, world.verbalizer("one", with(AT_ONCE))));
    }

    @Test
    void ofTheReconstructorAgainstItsNearestRows() {
        TinyWorld world = TinyWorld.trained(folder);
        String[] loss = {
            "info_nce_weight=1",
            "cosine_weight=1",
            "centered_cosine_weight=1",
            "raw_mse_weight=0.1",
            "info_nce_neighbors=7"
        };
        assertSameStep(
                run(world, world.reconstructor("four", TinyWorld.settings(with(IN_FOUR), loss))),
                run(world, world.reconstructor("one", TinyWorld.settings(with(AT_ONCE), loss))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpo", "dr_grpo", "dapo"})
    void ofThePolicy(String lossType) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] policy = {
            // decoded in the same batches, for a token may flip where rounding moves a probability across the number
            // drawn
            "generation_batch_size=16",
            "loss_type=" + lossType,
            "beta=0.1",
            "sft_weight=0.5",
            "num_iterations=2",
            "reward=round_trip"
        };
        assertSameStep(
                run(world, world.grpo(Stage.GRPO, "four", TinyWorld.settings(with(IN_FOUR), policy))),
                run(world, world.grpo(Stage.GRPO, "one", TinyWorld.settings(with(AT_ONCE), policy))));
    }

    /** The policy is the same in both, since it all but stands still. */
    @ParameterizedTest
    @ValueSource(strings = {"micro_batch_size=3", "micro_batch_tokens=40"})
    void ofACriticThatLearnsAlong(String small) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] critic = {
            "max_steps=1",
            "adam_epsilon=1",
            "learning_rate=1e-12",
            "reconstructor_learning_rate=10",
            "reconstructor_mode=online",
            "reward=round_trip",
            "per_device_train_batch_size=4"
        };
        RunFiles parts = run(world, world.grpo(Stage.GRPO, "parts", TinyWorld.settings(critic, small)));
        RunFiles whole = run(world, world.grpo(Stage.GRPO, "whole", critic));
        double norm = whole.metric("critic/grad_norm")[0];
        assertThat(norm).isGreaterThan(0.001);
        assertThat(parts.metric("critic/grad_norm")[0]).isCloseTo(norm, within(ROUNDING * norm));
        double loss = whole.metric("critic/loss")[0];
        assertThat(parts.metric("critic/loss")[0]).isCloseTo(loss, within(ROUNDING * Math.max(1, loss)));
        float[] learnt = learnt(whole);
        assertClose(learnt(parts), learnt);
        assertThat(learnt(parts))
                .as("other parts are added up in another order")
                .isNotEqualTo(learnt);
    }

    private static float[] learnt(RunFiles run) {
        try (SafetensorsFile file =
                SafetensorsFile.open(run.checkpoint(1).resolve("reconstructor_learning_parameters.safetensors"))) {
            return file.floats("parameters");
        }
    }

    private static RunFiles run(TinyWorld world, TrainConfig config) {
        TinyWorld.train(config);
        return new RunFiles(config.run().outputDir());
    }

    private static String[] with(String... more) {
        return TinyWorld.settings(SMOOTH, more);
    }

    private static void assertSameStep(RunFiles four, RunFiles one) {
        double norm = one.metric("grad_norm")[0];
        assertThat(norm).isGreaterThan(0.01);
        assertThat(four.metric("grad_norm")[0]).isCloseTo(norm, within(ROUNDING * norm));
        double loss = one.metric("loss")[0];
        assertThat(four.metric("loss")[0]).isCloseTo(loss, within(ROUNDING * Math.max(1, Math.abs(loss))));
        assertThat(four.metric("num_tokens")).isEqualTo(one.metric("num_tokens"));
        assertClose(four.firstMoment(1), one.firstMoment(1));
        assertClose(four.parameters(1), one.parameters(1));
    }

    private static void assertClose(float[] actual, float[] expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
        }
        assertThat(largest).isGreaterThan(0);
        assertThat(difference).isLessThan(ROUNDING * largest);
    }
}
