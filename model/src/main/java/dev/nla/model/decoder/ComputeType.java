package dev.nla.model.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The number type of matrix products. Softmax, log-probabilities and LoRA parameters are float32 in each. */
public enum ComputeType {
    FLOAT32("float32", 4),
    BFLOAT16("bfloat16", 2),
    /**
     * Weights rounded to 8 bits, a scale each output, multiplied by activations rounded to 8 bits as they come; everything else float32.
     * For generating and reading, not for training.
     */
    INT8("int8", 4);

    private static final int WIDE = 512;

    private final String text;
    private final int bytes;

    ComputeType(String text, int bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /** As written in settings. */
    public String text() {
        return text;
    }

    /** Size of an activation's number. */
    public int bytes() {
        return bytes;
    }

    /** Name of the type of activations. */
    String activations() {
        return this == INT8 ? FLOAT32.text : text;
    }

    /** Reads {@code float32}, {@code bfloat16}, {@code int8}, or {@code auto}, which measures a small product in the first two and takes the faster. */
    public static ComputeType resolve(String name) {
        return name.equals("auto") ? faster() : named(name);
    }

    /** Refuses what {@link #resolve} does not know, without measuring. */
    public static void check(String name) {
        if (!name.equals("auto")) {
            named(name);
        }
    }

    /**
     * The type that decodes fastest beside a model of {@code training} type: 8 bits on x86 processors, whose products of 8 bits torch brings
     * along, where they are wide enough to gain more than rounding costs.
     */
    public static ComputeType forDecoding(ModelConfig config, Device device, ComputeType training) {
        boolean x86 = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        return x86 && !device.isGpu() && config.hiddenSize() >= WIDE ? INT8 : training;
    }

    private static ComputeType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.text.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        InputException.usage("compute_dtype is '%s': give auto, float32, bfloat16 or int8", name));
    }

    private static ComputeType faster() {
        try (NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
                KernelModule kernels = KernelModule.load(manager, ComputeType.class, "product", Map.of())) {
            NDArray x = manager.zeros(new Shape(768, 768), DataType.FLOAT32);
            double single = seconds(kernels, manager, x, FLOAT32);
            double half = seconds(kernels, manager, x, BFLOAT16);
            return half * 1.3 < single ? BFLOAT16 : FLOAT32;
        }
    }

    private static double seconds(KernelModule kernels, NDManager manager, NDArray x, ComputeType type) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            try (NDManager scope = manager.newSubManager();
                    KernelInputs inputs = new KernelInputs(scope)) {
                inputs.array("x", x).text("dtype", type.text);
                long begin = System.nanoTime();
                kernels.infer(scope, "product", inputs).singletonOrThrow().toFloatArray();
                best = Math.min(best, (System.nanoTime() - begin) / 1e9);
            }
        }
        return best;
    }
}
