package dev.nla.train.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.BaseType;
import dev.nla.model.decoder.ComputeType;
import dev.nla.train.Training;
import dev.nla.train.config.Stage;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what a dry run tells: counts, the prompt and its marker, and an estimate of memory that goes the right way. */
class TrainingPlanTest {
    private static final long MEGABYTE = 1L << 20;

    @TempDir
    private Path folder;

    @Test
    void ofTheVerbalizer() {
        TinyWorld world = TinyWorld.trained(folder);
        try (Training training = Training.open(world.verbalizer("none", "num_train_epochs=2.5", "max_eval_rows=21"))) {
            TrainingPlan plan = training.plan();
            assertThat(plan.trainRows()).isEqualTo(40);
            assertThat(plan.heldOutRows()).isEqualTo(21);
            assertThat(plan.totalSteps()).isEqualTo(8);
            // rank 8 on q 48x48, k and v 24x48, o 48x48, gate and up 96x48, down 48x96, in each of 4 blocks
            assertThat(plan.trainableParameters()).isEqualTo(4 * 8 * (96 + 72 + 72 + 96 + 144 + 144 + 144));
            assertThat(plan.prompt()).isEqualTo("Say ●\n<explanation>");
            assertThat(plan.markerPosition()).isEqualTo("Say ".length());
            assertThat(plan.promptTokens()).isEqualTo("Say ●\n".length() + 1);
            assertThat(plan.memoryBytes()).isBetween(1500 * MEGABYTE, 1700 * MEGABYTE);
        }
        assertThat(world.run("none").folder()).doesNotExist();
    }

    @Test
    void ofTheReconstructorWhichAdaptsNoBlockAboveItsLayer() {
        TinyWorld world = TinyWorld.trained(folder);
        try (Training training = Training.open(world.reconstructor("none", "max_steps=3"))) {
            TrainingPlan plan = training.plan();
            assertThat(plan.totalSteps()).isEqualTo(3);
            assertThat(plan.trainableParameters()).isEqualTo(3 * 8 * 768);
            assertThat(plan.prompt()).matches("Of [a-z]+ [a-z]+:●");
            assertThat(plan.markerPosition()).isEqualTo(plan.promptTokens() - 1);
        }
    }

    @Test
    void ofThePolicy() {
        TinyWorld world = TinyWorld.trained(folder);
        try (Training training = Training.open(world.grpo(Stage.GRPO, "none", "max_steps=3"))) {
            assertThat(training.plan().totalSteps()).isEqualTo(3);
            assertThat(training.plan().trainableParameters()).isEqualTo(4 * 8 * 768);
            assertThat(training.plan().prompt()).contains("●");
        }
    }

    @Test
    void memoryGrowsWithTheBatchAndHalvesWithTheType() {
        ModelConfig config = ModelConfig.read(TinyWorld.trained(folder).model());
        long small = estimate(8, 400).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 1000);
        long wide = estimate(16, 800).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 1000);
        long full = estimate(8, 0).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 0);
        long half = estimate(8, 0).bytes(config, ComputeType.BFLOAT16, BaseType.SAME, 0);
        long runtime = 2 * half - full;
        assertThat(wide).isGreaterThan(small);
        assertThat(wide - runtime).isLessThan(2 * (small - runtime));
        assertThat(runtime).isEqualTo(1536 * MEGABYTE);
    }

    @Test
    void activationsThatAreComputedAgainAreNotKept() {
        ModelConfig config = ModelConfig.read(TinyWorld.trained(folder).model());
        long nothing = new MemoryEstimate(0, 100, 0, 0, 4, false).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 0);
        long kept = estimate(8, 0).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 0) - nothing;
        long again = new MemoryEstimate(8, 100, 50, 0, 4, true).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 0)
                - nothing;
        assertThat(again).isBetween(kept / 4, kept / 3);
    }

    @Test
    void aBaseInFewBitsTakesTheirShareAndOneBlockWidened() {
        ModelConfig config = ModelConfig.read(TinyWorld.trained(folder).model());
        long same = estimate(8, 0).bytes(config, ComputeType.FLOAT32, BaseType.SAME, 0);
        long eight = estimate(8, 0).bytes(config, ComputeType.FLOAT32, BaseType.INT8, 0);
        long four = estimate(8, 0).bytes(config, ComputeType.FLOAT32, BaseType.INT4, 0);
        // Of 32 bits a weight keeps 8, or 4 and a fifth for steps and middles; the quarter of them that is widened has
        // all 32 beside.
        assertThat(config.layers()).isEqualTo(4);
        assertThat((double) (same - eight) / (same - four)).isCloseTo((32 - 8 - 8) / (32 - 5 - 8.0), within(1e-3));
    }

    private static MemoryEstimate estimate(int rows, int logitRows) {
        return new MemoryEstimate(rows, 100, 50, logitRows, 4, false);
    }
}
