package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.DType;
import dev.nla.model.testing.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects training over weights that are held in 8 or 4 bits: where a checkpoint's weights are such numbers already, loss and gradients are
 * those of the checkpoint, and of any other they are near them.
 */
class BaseTypeTest {
    private static final TokenBatch ROWS = new TokenBatch(
            new long[] {5, 60, 61, 62},
            List.of(new long[] {7, 8, 21, 90, 4, 11, 12}, new long[] {9, 100, 3, 55, 13, 60, 61}),
            new float[0][],
            0);

    private static final Map<String, Integer> UNEVEN =
            Map.of("hidden_size", 40, "head_dim", 10, "intermediate_size", 76);

    @TempDir
    private Path folder;

    /** A loss, and its gradient to an adapter. */
    private record Taught(float loss, float[] gradient) {}

    @ParameterizedTest
    @CsvSource({"INT8, TRAINING", "INT8, RECOMPUTING", "INT4, TRAINING", "INT4, RECOMPUTING"})
    void ofWeightsThatAreSuchNumbersNothingIsLost(BaseType base, Mode mode) throws Exception {
        RandomCheckpoint.write(folder, DType.F32, Map.of(), true, numbers(base));
        Taught expected = taught(folder, "llama", ComputeType.FLOAT32, BaseType.SAME, mode);
        Taught actual = taught(folder, "llama", ComputeType.FLOAT32, base, mode);
        assertThat(Math.abs(actual.loss() - expected.loss())).isLessThan(1e-4f * Math.abs(expected.loss()));
        assertThat(distance(actual.gradient(), expected.gradient())).isLessThan(1e-4);
    }

    @ParameterizedTest
    @CsvSource({"INT8, FLOAT32, 0.05", "INT8, BFLOAT16, 0.05", "INT4, FLOAT32, 0.4", "INT4, BFLOAT16, 0.4"})
    void ofOtherWeightsLossAndGradientsAreNear(BaseType base, ComputeType type, double bound) {
        Path model = Fixtures.golden("qwen2");
        Taught expected = taught(model, "qwen2", ComputeType.FLOAT32, BaseType.SAME, Mode.TRAINING);
        Taught actual = taught(model, "qwen2", type, base, Mode.RECOMPUTING);
        assertThat(Math.abs(actual.loss() - expected.loss())).isLessThan((float) bound * Math.abs(expected.loss()));
        assertThat(distance(actual.gradient(), expected.gradient())).isBetween(1e-5, bound);
    }

    /** Neither torch's product of 8 bits nor groups and tiles of 4 bits come out even in these widths. */
    @ParameterizedTest
    @CsvSource({"INT8, FLOAT32", "INT8, BFLOAT16", "INT4, FLOAT32", "INT4, BFLOAT16"})
    void widthsThatFillNothingUpAreNoHindrance(BaseType base, ComputeType type) throws Exception {
        RandomCheckpoint.write(folder, DType.F32, UNEVEN, true, numbers(base));
        float[] expected = hidden(ComputeType.FLOAT32, BaseType.SAME);
        // The last group of a row in 4 bits has eight numbers only, whose outermost are not always there.
        boolean exact = type == ComputeType.FLOAT32 && base == BaseType.INT8;
        assertThat(distance(hidden(type, base), expected)).isLessThan(exact ? 1e-4 : 0.03);
    }

    private float[] hidden(ComputeType type, BaseType base) {
        try (Decoder decoder = Decoder.load(folder, type, Device.cpu(), base);
                NDManager scope = decoder.manager().newSubManager()) {
            return decoder.states(scope, ROWS, decoder.noAdapter()).hidden().toFloatArray();
        }
    }

    /** Weights that lie on the levels of a type, among which are the outermost of each group. */
    private static IntToDoubleFunction numbers(BaseType base) {
        SplittableRandom random = new SplittableRandom(4);
        return base == BaseType.INT8
                ? i -> i % 16 == 0 ? 127 / 1024.0 : random.nextInt(-127, 128) / 1024.0
                : i -> ((i * 5 + i / 16 * 7) % 16 - 8) / 64.0;
    }

    private static Taught taught(Path model, String family, ComputeType type, BaseType base, Mode mode) {
        try (Decoder decoder = Decoder.load(model, type, Device.cpu(), base);
                LoraAdapter adapter =
                        PeftFolder.read(Fixtures.golden(family + "/adapter"), decoder.manager(), decoder.config());
                NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            adapter.requireGradient(true);
            Positions at = new Positions(new int[] {0, 0, 1}, new int[] {3, 6, 5});
            NDArray loss = decoder.score(scope, ROWS, adapter, at, new long[] {7, 31, 4}, 1, false, mode)
                    .logProbabilities()
                    .sum();
            decoder.backward(collector, loss);
            try (NDArray gradient = adapter.parameters().getGradient()) {
                return new Taught(loss.getFloat(), gradient.toFloatArray());
            }
        }
    }

    private static double distance(float[] actual, float[] expected) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
