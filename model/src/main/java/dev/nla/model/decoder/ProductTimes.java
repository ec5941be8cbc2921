package dev.nla.model.decoder;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.util.Map;

/** How long products take in each type on this machine, and whether there are any: the kernels of {@code kernels/product.py}. */
final class ProductTimes implements AutoCloseable {
    /** Width of the weights that a few rows are multiplied by. */
    private static final int WIDTH = 2048;

    /** So many of them that even in 4 bits they are more than processors keep of what they have read. */
    private static final int COPIES = 24;

    private final NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
    private final KernelModule kernels;

    ProductTimes() {
        kernels = KernelModule.load(manager, ComputeType.class, "product", Map.of());
    }

    /** Seconds of a product as training has it, many rows by many. */
    double training(ComputeType type) {
        return best("product", manager.zeros(new Shape(768, 768), DataType.FLOAT32), type);
    }

    /** Seconds of some products as decoding has them, of so few rows, by weights that are rounded. */
    double decoding(ComputeType type, int rows) {
        try (NDManager scope = manager.newSubManager();
                KernelInputs inputs = new KernelInputs(scope)) {
            NDArray w = scope.randomNormal(0, 0.02f, new Shape(WIDTH, WIDTH), DataType.FLOAT32);
            inputs.array("w", w).number("bits", type.weightBits()).number("copies", COPIES);
            kernels.infer(scope, "round", inputs);
        }
        return best("rows", manager.zeros(new Shape(rows, WIDTH), DataType.FLOAT32), type);
    }

    /** Whether torch multiplies weights of 4 bits in the way that the kernels know. */
    boolean multipliesFourBits() {
        try (NDManager scope = manager.newSubManager();
                KernelInputs inputs = new KernelInputs(scope)) {
            return kernels.infer(scope, "tile", inputs).singletonOrThrow().toLongArray()[0] > 0;
        } catch (EngineException refused) {
            return false;
        }
    }

    private double best(String method, NDArray x, ComputeType type) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            try (NDManager scope = manager.newSubManager();
                    KernelInputs inputs = new KernelInputs(scope)) {
                inputs.array("x", x).text("dtype", type.activations());
                long begin = System.nanoTime();
                kernels.infer(scope, method, inputs).singletonOrThrow().toFloatArray();
                best = Math.min(best, (System.nanoTime() - begin) / 1e9);
            }
        }
        return best;
    }

    @Override
    public void close() {
        kernels.close();
        manager.close();
    }
}
