package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects training on a thread that is not the one on which torch was started: what torch records for gradients is a matter of each thread. */
class OtherThreadTest {
    private static final String[] STEPS = {"max_steps=2", "eval_steps=2", "save_steps=2"};

    @TempDir
    private Path folder;

    @Test
    void runsComeOutTheSame() throws Exception {
        assertThat(TorchRuntime.threads()).as("torch is started here").isPositive();
        TinyWorld world = TinyWorld.trained(folder);
        same(1, name -> world.verbalizer(name, STEPS));
        same(2, name -> world.reconstructor(name, TinyWorld.settings(STEPS, "readout=value_head")));
        same(3, name -> world.grpo(Stage.GRPO, name, TinyWorld.settings(STEPS, "reconstructor_mode=ema", "beta=0.04")));
    }

    private static void same(int run, Function<String, TrainConfig> config) throws Exception {
        Path here = TinyWorld.train(config.apply("here" + run));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Path there = other.submit(() -> TinyWorld.train(config.apply("there" + run)))
                    .get();
            assertThat(there.resolve("adapter_model.safetensors"))
                    .hasSameBinaryContentAs(here.resolve("adapter_model.safetensors"));
        } finally {
            other.shutdown();
        }
    }
}
