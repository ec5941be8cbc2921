package dev.nla.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import dev.nla.train.config.run.LrSchedulerType;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the optimizer step: torch's AdamW and clipping to its numbers, the guard against bad steps, and exact saving. */
class AdamWTest {
    private static final AdamWOptions GOLDEN = new AdamWOptions(0.9, 0.95, 1e-8, 0.1);

    private final Engine engine = Engine.getEngine("PyTorch");
    private NDManager manager;

    @TempDir
    Path folder;

    @BeforeEach
    void openManager() {
        manager = engine.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void fiveClippedStepsEqualTorchs() {
        NDArray parameter = leaf(golden("p", 0));
        try (Updater updater = updater(parameter, 100)) {
            for (int step = 1; step <= 5; step++) {
                Update update = updater.apply(step - 1, 1.0, golden("g", step));
                assertThat(update.applied()).isTrue();
                assertThat(update.gradientNorm()).isCloseTo(golden("norm", step)[0], within(2e-6));
                assertThat(parameter.toFloatArray()).containsExactly(golden("p", step), within(1e-6f));
            }
        }
    }

    @Test
    void aStepThatIsNotFiniteIsLeftOutAndItsGradientForgotten() {
        NDArray parameter = leaf(golden("p", 0));
        float[] bad = golden("g", 1);
        bad[3] = Float.NaN;
        try (Updater updater = updater(parameter, 3)) {
            assertThat(updater.apply(0, 1.0, bad).applied()).isFalse();
            assertThat(updater.apply(0, Double.POSITIVE_INFINITY, golden("g", 1))
                            .applied())
                    .isFalse();
            assertThat(updater.badSteps()).isEqualTo(2);
            assertThat(parameter.toFloatArray()).containsExactly(golden("p", 0));
            assertThat(updater.apply(0, 1.0, golden("g", 1)).applied()).isTrue();
        }
        assertThat(parameter.toFloatArray()).containsExactly(golden("p", 1), within(1e-6f));
    }

    @Test
    void tooManyBadStepsEndTheRun() {
        NDArray parameter = leaf(1);
        try (Updater updater = updater(parameter, 2)) {
            updater.apply(4, Double.NaN, new float[] {1});
            assertThatThrownBy(() -> updater.apply(5, Double.NaN, new float[] {1}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("step 6")
                    .hasMessageContaining("2 bad steps")
                    .hasMessageContaining("learning_rate");
        }
    }

    @Test
    void aSavedOptimizerGoesOnToTheLastDigit() {
        NDArray straight = leaf(golden("p", 0));
        NDArray resumed = leaf(golden("p", 0));
        Path file = folder.resolve("optimizer.safetensors");
        try (Updater updater = updater(straight, 9)) {
            train(updater, straight, 1, 5);
        }
        try (Updater updater = updater(resumed, 9)) {
            updater.apply(0, Double.NaN, golden("g", 1));
            train(updater, resumed, 1, 2);
            updater.write(file);
        }
        try (Updater updater = updater(resumed, 9)) {
            updater.read(file);
            assertThat(updater.badSteps()).isEqualTo(1);
            train(updater, resumed, 3, 5);
        }
        assertThat(resumed.toFloatArray()).containsExactly(straight.toFloatArray());
    }

    @Test
    void stateOfAnotherAdapterIsRefused() {
        Path file = folder.resolve("optimizer.safetensors");
        try (Updater updater = updater(leaf(1, 2, 3), 9)) {
            updater.write(file);
        }
        try (Updater updater = updater(leaf(1, 2), 9)) {
            assertThatThrownBy(() -> updater.read(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("has 3 values, expected the adapter's 2");
        }
    }

    @Test
    void stepsLeaveNothingBehindInTheParametersManager() {
        NDArray parameter = leaf(golden("p", 0));
        try (Updater updater = updater(parameter, 9)) {
            train(updater, parameter, 1, 1);
            int before = manager.getManagedArrays().size();
            train(updater, parameter, 2, 5);
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void aMovingAverageFollowsItsSource() {
        NDArray source = leaf(1, 10);
        NDArray average = leaf(0, 20);
        MovingAverage ema = new MovingAverage(average, source, 0.75);
        ema.update();
        assertThat(average.toFloatArray()).containsExactly(0.25f, 17.5f);
        ema.update();
        assertThat(average.toFloatArray()).containsExactly(0.4375f, 15.625f);
        assertThat(source.toFloatArray()).containsExactly(1, 10);
    }

    private void train(Updater updater, NDArray parameter, int from, int to) {
        for (int step = from; step <= to; step++) {
            updater.apply(step - 1, 1.0, golden("g", step));
        }
    }

    private Updater updater(NDArray parameter, int maxBadSteps) {
        LearningRateSchedule schedule = new LearningRateSchedule(LrSchedulerType.CONSTANT, 0.01, 0, 5);
        return new Updater(manager, parameter, GOLDEN, schedule, 1.0, maxBadSteps, "learning_rate");
    }

    private NDArray leaf(float... values) {
        NDArray parameter = manager.create(values);
        parameter.setRequiresGradient(true);
        return parameter;
    }

    /** Parameters or gradients after a step, both of the fixture's tensors behind each other; or the step's norm. */
    private static float[] golden(String kind, int step) {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("adamw/adamw.safetensors"))) {
            if (kind.equals("norm")) {
                return file.floats("norm." + step);
            }
            float[] first = file.floats(kind + "0." + step);
            float[] second = file.floats(kind + "1." + step);
            float[] all = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, all, first.length, second.length);
            return all;
        }
    }
}
