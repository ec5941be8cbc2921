package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects products with weights of 4 bits: they are those of the weights that can be read back, whatever the shape and however many rows,
 * and these weights are as near to the given ones as sixteen levels for thirty-two numbers come.
 */
class FourBitsTest {
    private static NDManager manager;
    private static KernelModule kernels;

    @BeforeAll
    static void load() {
        manager = TorchRuntime.newManager(Device.cpu());
        kernels = KernelModule.load(manager, FourBitsTest.class, "four_bits_trial", Map.of());
    }

    @AfterAll
    static void close() {
        kernels.close();
        manager.close();
    }

    /** Also shapes that fill no tile and no group up, and weights that are rounded in several parts. */
    @ParameterizedTest
    @CsvSource({"64, 32, 1", "70, 48, 3", "128, 96, 32", "128, 96, 33", "1344, 192, 40", "2100, 4128, 2"})
    void productsAreThoseOfTheWeightsThatCanBeReadBack(int outputs, int inputs, int rows) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray w = normal(scope, outputs, inputs);
            NDArray x = normal(scope, rows, inputs);
            NDList found = multiply(scope, w, x);
            NDArray expected = x.matMul(found.get(1).transpose());
            assertThat(found.get(0).getShape()).isEqualTo(new Shape(rows, outputs));
            assertThat(distance(found.get(0), expected)).isLessThan(0.006);
        }
    }

    @Test
    void gaussianWeightsAreRoundedBetterThanFromTheSmallestToTheLargest() {
        try (NDManager scope = manager.newSubManager()) {
            NDArray w = normal(scope, 512, 2048);
            NDArray rounded = multiply(scope, w, normal(scope, 1, 2048)).get(1);
            // From the smallest to the largest it is 0.078, and no sixteen even levels give less than 0.07.
            assertThat(distance(rounded, w)).isBetween(0.07, 0.0745);
        }
    }

    @Test
    void weightsThatLieOnSixteenLevelsStay() {
        try (NDManager scope = manager.newSubManager()) {
            // Each of them is among any sixteen that follow each other.
            NDArray w = scope.arange(4096)
                    .mul(5)
                    .mod(16)
                    .sub(8)
                    .mul(0.25f)
                    .reshape(64, 64)
                    .toType(DataType.FLOAT32, false);
            NDArray rounded = multiply(scope, w, normal(scope, 1, 64)).get(1);
            assertThat(distance(rounded, w)).isLessThan(0.004);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "0.5", "-3"})
    void equalWeightsStay(float value) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray w = scope.full(new Shape(64, 32), value);
            NDArray rounded = multiply(scope, w, normal(scope, 1, 32)).get(1);
            assertThat(rounded.sub(w).abs().max().getFloat()).isCloseTo(0, within(1e-9f));
        }
    }

    private static NDArray normal(NDManager scope, int rows, int columns) {
        return scope.randomNormal(0, 1, new Shape(rows, columns), DataType.FLOAT32);
    }

    private static NDList multiply(NDManager scope, NDArray w, NDArray x) {
        KernelInputs inputs = new KernelInputs(scope);
        inputs.array("w", w).array("x", x);
        return kernels.infer(scope, "multiply", inputs);
    }

    /** How far, as a share of the length of what was expected. */
    private static double distance(NDArray actual, NDArray expected) {
        return actual.sub(expected).norm().getFloat() / expected.norm().getFloat();
    }
}
