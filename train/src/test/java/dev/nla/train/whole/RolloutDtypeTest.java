package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.train.config.Stage;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects rollouts in another number type than the policy learns in: the difference is measured and logged, small, and learning goes on;
 * in the same type nothing is corrected.
 */
class RolloutDtypeTest {
    private static final String[] SHORT = {"max_steps=4", "per_device_train_batch_size=8", "reward=round_trip"};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"int8, 0.2, 0.1", "int4, 0.4, 0.2"})
    void logsHowFarRoundedWeightsAreFromTheTrainingType(String type, double difference, double ratio) {
        RunFiles run = run(type, "rollout_dtype=" + type);
        assertThat(each(run, "sampling/logp_difference_mean"))
                .hasSize(4)
                .allMatch(value -> value > 1e-6 && value < difference);
        assertThat(each(run, "sampling/importance_ratio_mean")).allMatch(value -> Math.abs(value - 1) < ratio);
        assertThat(each(run, "sampling/importance_ratio_capped")).allMatch(value -> value >= 0 && value < 0.05);
        assertThat(each(run, "grad_norm")).anyMatch(value -> value > 0);
    }

    @Test
    void goesOnInFourBitsAsIfNothingHadHappened() throws IOException {
        String[] settings = TinyWorld.settings(SHORT, "rollout_dtype=int4", "save_steps=2");
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(world.grpo(Stage.GRPO, "straight", settings));
        assertThatThrownBy(() -> TinyWorld.train(world.grpo(Stage.GRPO, "stopped", settings), new TrainingListener() {
                    @Override
                    public void onStep(StepReport report, int totalSteps) {
                        if (report.step() == 3) {
                            throw new IllegalStateException("stopped");
                        }
                    }
                }))
                .hasMessage("stopped");
        TinyWorld.train(world.grpo(Stage.GRPO, "stopped", settings));
        for (String file : List.of("metrics.jsonl", "adapter/adapter_model.safetensors")) {
            assertThat(world.run("stopped").folder().resolve(file))
                    .hasSameBinaryContentAs(world.run("straight").folder().resolve(file));
        }
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
