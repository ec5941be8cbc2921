package dev.nla.train.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What workers of every kind promise: who works on a run's parts changes no byte of it. Whatever stage and settings, parameters, optimizer and
 * metrics are those of work in this process.
 */
public abstract class WorkersContract extends AloneAndApart {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "per_device_train_batch_size=4 gradient_accumulation_steps=3",
                "per_device_train_batch_size=9 micro_batch_tokens=60 lora_dropout=0.1",
                "per_device_train_batch_size=9 micro_batch_tokens=60 gradient_checkpointing=true",
                "per_device_train_batch_size=9 gradient_checkpointing=true base_dtype=int4"
            })
    protected void verbalizer(String settings) {
        TinyWorld world = TinyWorld.trained(folder);
        assertSame(name -> world.verbalizer(name, TinyWorld.settings(STEPS, settings.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lora_dropout=0.1 info_nce_weight=0.2 centered_cosine_weight=1",
                "readout=value_head gradient_checkpointing=true"
            })
    protected void reconstructor(String settings) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] all = TinyWorld.settings(
                settings.split(" "), "per_device_train_batch_size=4", "gradient_accumulation_steps=3");
        assertSame(name -> world.reconstructor(name, TinyWorld.settings(STEPS, all)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "beta=0",
                "beta=0.04 num_iterations=2 generation_batch_size=2",
                "reconstructor_mode=online sft_weight=0.3",
                "reconstructor_mode=ema num_iterations=2",
                "beta=0.04 gradient_checkpointing=true rollout_dtype=int8"
            })
    protected void policy(String settings) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] all = TinyWorld.settings(
                settings.split(" "), "per_device_train_batch_size=5", "micro_batch_size=6", "temperature=0.9");
        assertSame(name -> world.grpo(Stage.HARDNEG, name, TinyWorld.settings(STEPS, all)));
    }

    @Test
    protected void aRunGoesOnWithOthers() {
        TinyWorld world = TinyWorld.trained(folder);
        Function<String, TrainConfig> config =
                name -> world.grpo(Stage.GRPO, name, TinyWorld.settings(STEPS, "reconstructor_mode=ema"));
        TinyWorld.train(config.apply("alone"));
        TrainConfig changing = config.apply("changing");
        train(changing);
        AtomicFiles.deleteTree(new RunFiles(changing.run().outputDir()).checkpoint(4));
        TinyWorld.train(changing);
        assertSameFiles(config.apply("alone"), changing);
    }

    @Test
    protected void whatIsWrongWithAPartIsSaidAsHere() {
        TinyWorld world = TinyWorld.trained(folder);
        Function<String, TrainConfig> diverging = name ->
                world.verbalizer(name, "max_steps=9", "learning_rate=1e30", "max_grad_norm=0", "max_bad_steps=2");
        String message = refusal(() -> TinyWorld.train(diverging.apply("alone")));
        assertThatThrownBy(() -> train(diverging.apply("apart")))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    private static String refusal(Runnable run) {
        try {
            run.run();
        } catch (InputException refused) {
            return refused.getMessage();
        }
        throw new AssertionError("nothing was refused");
    }
}
