package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.InputException;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.util.Map;

/** The number type of matrix products. Norms, softmax, log-probabilities and LoRA parameters are float32 in either. */
public enum ComputeType {
    FLOAT32("float32", 6),
    BFLOAT16("bfloat16", 15);

    private static final String PRODUCT = """
            class Kernels(Module):
              __parameters__ = []
              __buffers__ = []
              def product(self: __torch__.Kernels, x: Tensor, kind: Tensor) -> Tensor:
                a = torch.to(x, int(kind))
                y = a
                for i in range(8):
                  y = torch.linear(y, a, None)
                return torch.to(y, 6)
            """;

    private final String text;
    private final int code;

    ComputeType(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** As written in settings. */
    public String text() {
        return text;
    }

    /** Torch's number of the type. */
    int code() {
        return code;
    }

    /** Reads {@code float32}, {@code bfloat16}, or {@code auto}, which measures a small product in both and takes the faster. */
    public static ComputeType resolve(String name) {
        return switch (name) {
            case "float32" -> FLOAT32;
            case "bfloat16" -> BFLOAT16;
            case "auto" -> faster();
            default -> throw InputException.usage("compute_dtype is '%s': give auto, float32 or bfloat16", name);
        };
    }

    private static ComputeType faster() {
        try (NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
                KernelModule kernels = KernelModule.load(manager, PRODUCT, Map.of())) {
            NDArray x = manager.zeros(new Shape(768, 768), DataType.FLOAT32);
            double single = seconds(kernels, manager, x, FLOAT32);
            double half = seconds(kernels, manager, x, BFLOAT16);
            return half * 1.3 < single ? BFLOAT16 : FLOAT32;
        }
    }

    private static double seconds(KernelModule kernels, NDManager manager, NDArray x, ComputeType type) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            try (NDManager scope = manager.newSubManager()) {
                long begin = System.nanoTime();
                kernels.infer(scope, "product", x, scope.create((long) type.code))
                        .singletonOrThrow()
                        .toFloatArray();
                best = Math.min(best, (System.nanoTime() - begin) / 1e9);
            }
        }
        return best;
    }
}
