package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects runs whose loss stops being a number: such steps are left out and counted, the run gives up with one line, and what was good
 * stays.
 *
 * <p>The learning rate rises from 0 by 1e30 a step: the first update changes nothing, the second throws the adapter out of float32's
 * range, and every later step is bad.
 */
class DivergenceTest {
    private static final String[] RISING = {
        "max_steps=20",
        "lr_scheduler_type=constant_with_warmup",
        "warmup_steps=1000",
        "learning_rate=1e33",
        "max_bad_steps=3",
        "eval_steps=1",
        "save_steps=1",
        "save_total_limit=0",
        "max_eval_rows=21"
    };

    @TempDir
    private Path folder;

    @Test
    void ofTheVerbalizer() {
        TinyWorld world = TinyWorld.trained(folder);
        RunFiles run = diverge(world.verbalizer("run", RISING));
        try (TrainingInputs inputs = open(world)) {
            VerbalizerFolder.read(
                    run.checkpoint(1).resolve("adapter"),
                    inputs.decoder(),
                    inputs.data().tokenizer());
        }
    }

    @Test
    void ofTheReconstructor() {
        TinyWorld world = TinyWorld.trained(folder);
        RunFiles run = diverge(world.reconstructor("run", RISING));
        try (TrainingInputs inputs = open(world)) {
            ReconstructorFolder.read(
                    run.checkpoint(1).resolve("adapter"),
                    inputs.decoder(),
                    inputs.data().tokenizer());
        }
    }

    /** A diverged policy still writes tokens; that it has no probabilities for them is what gives it away. */
    @Test
    void ofThePolicy() {
        TinyWorld world = TinyWorld.trained(folder);
        RunFiles run = diverge(world.grpo(Stage.GRPO, "run", RISING));
        try (TrainingInputs inputs = open(world)) {
            VerbalizerFolder.read(
                    run.checkpoint(1).resolve("adapter"),
                    inputs.decoder(),
                    inputs.data().tokenizer());
        }
    }

    private static RunFiles diverge(TrainConfig config) {
        assertThatThrownBy(() -> TinyWorld.train(config))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("training has diverged: at step 5 ")
                .hasMessageContaining("3 bad steps (max_bad_steps is 3): lower learning_rate")
                .hasMessageNotContaining("\n");
        RunFiles run = new RunFiles(config.run().outputDir());
        assertThat(run.metric("bad_steps")).containsExactly(0, 0, 1, 2);
        assertThat(run.parameters(4)).isEqualTo(run.parameters(2));
        assertThat(run.folder().resolve("best.json")).content().containsPattern("\"checkpoint-[01]\"");
        assertThat(Files.exists(run.folder().resolve("adapter"))).isFalse();
        return run;
    }

    private static TrainingInputs open(TinyWorld world) {
        TrainConfig any = world.verbalizer("none");
        return TrainingInputs.open(any.run(), any.report());
    }
}
