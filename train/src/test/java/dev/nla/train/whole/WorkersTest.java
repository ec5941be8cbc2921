package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.train.Training;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import dev.nla.train.testing.WorkersApart;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects that it changes no byte of a run who works on its parts: whatever stage and settings, work in other processes, in another order and
 * done twice leaves the same parameters, optimizer and metrics as work here.
 */
class WorkersTest {
    private static final String[] STEPS = {"max_steps=4", "eval_steps=2", "save_steps=2", "seed=3"};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "per_device_train_batch_size=4 gradient_accumulation_steps=3",
                "per_device_train_batch_size=9 micro_batch_tokens=60 lora_dropout=0.1",
                "per_device_train_batch_size=9 micro_batch_tokens=60 gradient_checkpointing=true"
            })
    void verbalizer(String settings) {
        TinyWorld world = TinyWorld.trained(folder);
        assertSame(name -> world.verbalizer(name, TinyWorld.settings(STEPS, settings.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lora_dropout=0.1 info_nce_weight=0.2 centered_cosine_weight=1",
                "readout=value_head gradient_checkpointing=true"
            })
    void reconstructor(String settings) {
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
    void policy(String settings) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] all = TinyWorld.settings(
                settings.split(" "), "per_device_train_batch_size=5", "micro_batch_size=6", "temperature=0.9");
        assertSame(name -> world.grpo(Stage.HARDNEG, name, TinyWorld.settings(STEPS, all)));
    }

    @Test
    void aRunGoesOnWithOthers() {
        TinyWorld world = TinyWorld.trained(folder);
        Function<String, TrainConfig> config =
                name -> world.grpo(Stage.GRPO, name, TinyWorld.settings(STEPS, "reconstructor_mode=ema"));
        TinyWorld.train(config.apply("alone"));
        TrainConfig changing = config.apply("changing");
        train(changing, 2);
        AtomicFiles.deleteTree(new RunFiles(changing.run().outputDir()).checkpoint(4));
        TinyWorld.train(changing);
        assertSameFiles(config.apply("alone"), changing);
    }

    @Test
    void whatIsWrongWithAPartIsSaidAsHere() {
        TinyWorld world = TinyWorld.trained(folder);
        Function<String, TrainConfig> diverging = name ->
                world.verbalizer(name, "max_steps=9", "learning_rate=1e30", "max_grad_norm=0", "max_bad_steps=2");
        String message = refusal(() -> TinyWorld.train(diverging.apply("alone")));
        assertThatThrownBy(() -> train(diverging.apply("apart"), 2))
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

    private static void assertSame(Function<String, TrainConfig> config) {
        TinyWorld.train(config.apply("alone"));
        train(config.apply("apart"), 2);
        assertSameFiles(config.apply("alone"), config.apply("apart"));
    }

    private static void train(TrainConfig config, int workers) {
        WorkersApart[] opened = new WorkersApart[1];
        try (Training training = Training.open(config, setup -> opened[0] = new WorkersApart(setup, workers))) {
            training.train(Resume.auto(), TrainingListener.silent());
        }
        assertThat(opened[0].jobs()).isGreaterThanOrEqualTo(4);
    }

    private static void assertSameFiles(TrainConfig expected, TrainConfig actual) {
        RunFiles alone = new RunFiles(expected.run().outputDir());
        RunFiles apart = new RunFiles(actual.run().outputDir());
        for (String place : List.of("checkpoint-2", "checkpoint-4", "checkpoint-4/adapter")) {
            assertThat(apart.bytes(place)).as(place).containsExactlyEntriesOf(alone.bytes(place));
        }
        assertThat(apart.lines()).isEqualTo(alone.lines()).isNotEmpty();
    }
}
