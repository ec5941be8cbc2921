package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.torch.KernelModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * All weights of a model as one flat float32 vector, to train the model itself. Before each call the kernels are handed views into it, in
 * the compute type, so that gradients reach the vector and updates are seen.
 */
public final class FlatWeights implements AutoCloseable {
    private static final double DEVIATION = 0.02;

    private final List<WeightSlot> slots;
    private final NDManager manager;
    private final NDArray parameters;
    private final NDArray shapes;
    private final NDArray frequencies;

    private FlatWeights(NDManager parent, ModelConfig config, List<WeightSlot> slots, float[] values) {
        this.slots = slots;
        this.manager = parent.newSubManager();
        this.parameters = manager.create(values);
        this.shapes = manager.create(
                slots.stream().flatMapToLong(FlatWeights::dimensions).toArray());
        this.frequencies = manager.create(
                Weights.frequencies(config), new Shape(config.attentionKinds().size(), config.rotaryDim() / 2));
    }

    /** Rows and columns as the kernel reads them: no columns for a vector, -1 for what is not in the vector. */
    private static LongStream dimensions(WeightSlot slot) {
        return LongStream.of(slot.shape()[0], slot.isRotary() ? -1 : slot.shape().length == 2 ? slot.shape()[1] : 0);
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
        return new FlatWeights(parent, config, slots, values);
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
            if (slot.size() > 0 && slot.firstRow() == 0) {
                int size = (int) (slot.size() / slot.shape()[0] * slot.fusedRows());
                tensors.add(
                        TensorToWrite.bf16(slot.name(), slot.tensorShape(), Arrays.copyOfRange(values, at, at + size)));
            }
            at += slot.size();
        }
        SafetensorsWriter.write(file, Map.of("format", "pt"), tensors);
    }

    void bind(KernelModule kernels, Mode mode) {
        try (NDManager scope = manager.newSubManager()) {
            if (mode.gradient()) {
                kernels.train(scope, "bind", parameters, shapes, frequencies);
            } else {
                kernels.infer(scope, "bind", parameters, shapes, frequencies);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
