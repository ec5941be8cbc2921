package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.weights.WeightSlot;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.KernelObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * All weights of a model as one flat float32 vector, to train the model itself. Before each call the kernels are handed views into it, in
 * the compute type, so that gradients reach the vector and updates are seen.
 */
public final class FlatWeights implements AutoCloseable {
    private static final double DEVIATION = 0.02;

    private final List<WeightSlot> slots;
    private final NDManager manager;
    private final NDArray parameters;

    private FlatWeights(NDManager parent, List<WeightSlot> slots, float[] values) {
        this.slots = slots;
        this.manager = parent.newSubManager();
        this.parameters = manager.create(values);
    }

    /** Where the kernels find each weight in the vector: the class {@code Slot} of {@code kernels/weights.py}. */
    static List<KernelObject> slots(ModelConfig config) {
        return WeightSlot.of(config).stream()
                .map(slot -> new KernelObject(
                        "weights", "Slot", Map.of("name", slot.part(), "shape", shape(slot), "size", slot.size())))
                .toList();
    }

    private static List<Integer> shape(WeightSlot slot) {
        return Arrays.stream(slot.shape()).mapToObj(Math::toIntExact).toList();
    }

    /** Weights to begin with, as transformers draws them: matrices normal with deviation 0.02, norms of factor 1, biases 0. */
    static FlatWeights draw(NDManager parent, ModelConfig config, long seed) {
        List<WeightSlot> slots = WeightSlot.of(config);
        float[] values = new float[slots.stream().mapToInt(WeightSlot::size).sum()];
        SplittableRandom random = new SplittableRandom(seed);
        int norm = config.family().normsAboutOne() ? 0 : 1;
        int at = 0;
        for (WeightSlot slot : slots) {
            for (int i = 0; i < slot.size(); i++) {
                values[at++] = slot.shape().length == 2
                        ? (float) (DEVIATION * random.nextGaussian())
                        : slot.name().endsWith("norm.weight") ? norm : 0;
            }
        }
        return new FlatWeights(parent, slots, values);
    }

    /** All weights, {@code [n]} float32; a leaf that may require gradients. Closed with the decoder. */
    public NDArray parameters() {
        return parameters;
    }

    /** Overwrites all weights. */
    public void set(float[] values) {
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException(values.length + " numbers for " + parameters.size() + " weights");
        }
        try (NDArray shared = parameters.stopGradient();
                NDArray source = manager.create(values)) {
            shared.set(new NDIndex(":"), source);
        }
    }

    /** Writes {@code model.safetensors} in bfloat16, under Hugging Face's names. */
    public void write(Path file) {
        float[] values = parameters.toFloatArray();
        List<TensorToWrite> tensors = new ArrayList<>();
        int at = 0;
        for (WeightSlot slot : slots) {
            // The rows of a fused tensor lie one behind the other, from its first place on.
            if (slot.firstRow() == 0) {
                int size = (int) (slot.size() / slot.shape()[0] * slot.fusedRows());
                tensors.add(
                        TensorToWrite.bf16(slot.name(), slot.tensorShape(), Arrays.copyOfRange(values, at, at + size)));
            }
            at += slot.size();
        }
        SafetensorsWriter.write(file, Map.of("format", "pt"), tensors);
    }

    void bind(KernelModule kernels, Mode mode) {
        try (NDManager scope = manager.newSubManager();
                KernelInputs inputs = new KernelInputs(scope)) {
            inputs.array("parameters", parameters);
            if (mode.gradient()) {
                kernels.train(scope, "bind", inputs);
            } else {
                kernels.infer(scope, "bind", inputs);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
