package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the choice of the adapter a run ends with: by held-out rows, not the last one, and early stopping when nothing better comes. */
class BestAdapterTest {
    @TempDir
    private Path folder;

    @Test
    void theAdapterIsThatOfTheBestEvaluation() {
        TinyWorld world = TinyWorld.trained(folder);
        // The rate rises until it does harm.
        TinyWorld.train(world.verbalizer(
                "run",
                "init_adapter=" + world.home().resolve("verbalizer/adapter"),
                "max_steps=8",
                "lr_scheduler_type=constant_with_warmup",
                "warmup_steps=8",
                "learning_rate=0.3",
                "eval_steps=1",
                "save_total_limit=1"));
        RunFiles run = world.run("run");
        double[] losses = run.metric("eval_loss");
        int best = 1
                + IntStream.range(0, losses.length)
                        .reduce((i, j) -> losses[j] < losses[i] ? j : i)
                        .orElseThrow();
        assertThat(best).isLessThan(8);
        assertThat(run.folder().resolve("best.json"))
                .content()
                .contains("\"checkpoint-" + best + "\"", "\"eval_loss\"");
        assertThat(run.checkpoint(8)).isDirectory();
        Map<String, byte[]> published = run.bytes("adapter");
        Map<String, byte[]> atBest = run.bytes("checkpoint-" + best + "/adapter");
        assertThat(published.keySet())
                .isEqualTo(atBest.keySet())
                .contains("adapter_model.safetensors", "adapter_config.json", "nla_meta.yaml")
                .doesNotContain("optimizer.safetensors", "parameters.safetensors");
        published.forEach((file, bytes) -> assertThat(bytes).as(file).isEqualTo(atBest.get(file)));
        assertThat(Arrays.equals(
                        published.get("adapter_model.safetensors"),
                        run.bytes("checkpoint-8/adapter").get("adapter_model.safetensors")))
                .isFalse();
    }

    /** With a rate this small no evaluation is better than the first. */
    @Test
    void aRunStopsWhenEvaluationsNoLongerImprove() {
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(world.verbalizer(
                "run",
                "max_steps=40",
                "learning_rate=1e-30",
                "eval_steps=2",
                "early_stopping_patience=2",
                "samples_per_eval=0"));
        RunFiles run = world.run("run");
        assertThat(run.metric("loss")).hasSize(6);
        assertThat(run.metric("eval_loss")).hasSize(3);
        assertThat(run.checkpoint(6)).isDirectory();
        assertThat(run.folder().resolve("adapter")).isDirectory();
        assertThat(run.folder().resolve("best.json")).content().contains("checkpoint-2");
    }
}
