package dev.nla.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.InputException;
import dev.nla.model.config.Attention;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.safetensors.Checkpoint;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.torch.KernelModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands a checkpoint's tensors to the decoder's kernels in the order of {@link WeightSlot}. Files are memory-mapped: tensors already of
 * the compute type are used where they lie.
 */
final class Weights {
    private static final int TORCH_FLOAT16 = 5;

    private final Checkpoint checkpoint;
    private final CheckpointNames names;
    private final KernelModule kernels;
    private final NDManager manager;
    private final Map<String, Integer> mapped = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private Weights(Checkpoint checkpoint, CheckpointNames names, KernelModule kernels, NDManager manager) {
        this.checkpoint = checkpoint;
        this.names = names;
        this.kernels = kernels;
        this.manager = manager;
    }

    /** Loads everything; gives whether there is a head, the embedding where it is tied to it. */
    static boolean load(Path folder, ModelConfig config, KernelModule kernels, NDManager parent) {
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                NDManager manager = parent.newSubManager()) {
            CheckpointNames names = new CheckpointNames(folder, checkpoint.names(), config);
            Weights weights = new Weights(checkpoint, names, kernels, manager);
            weights.addAll(config);
            weights.refuseUnknown(folder, config);
            return config.tiedHead() || weights.used.contains(CheckpointNames.HEAD);
        }
    }

    private void addAll(ModelConfig config) {
        if (config.tiedHead()) {
            used.add(CheckpointNames.HEAD);
        }
        for (WeightSlot slot : WeightSlot.of(config)) {
            if (slot.isRotary()) {
                addArray(manager.create(frequencies(config), new Shape(slot.shape())), false);
            } else if (slot.isEmpty() || isMissingHead(slot)) {
                addArray(manager.create(new Shape(empty(slot)), DataType.FLOAT32), true);
            } else {
                add(slot);
            }
        }
    }

    /** Activations need no head, and models that embed texts are published without. */
    private boolean isMissingHead(WeightSlot slot) {
        return slot.name().equals(CheckpointNames.HEAD)
                && names.find(slot.name()).isEmpty();
    }

    private static long[] empty(WeightSlot slot) {
        long[] shape = slot.shape().clone();
        shape[0] = 0;
        return shape;
    }

    /** The rotary frequencies of each kind of attention. */
    static float[] frequencies(ModelConfig config) {
        int pairs = config.rotaryDim() / 2;
        List<Attention> kinds = config.attentionKinds();
        float[] all = new float[kinds.size() * pairs];
        for (int i = 0; i < kinds.size(); i++) {
            System.arraycopy(kinds.get(i).rope().inverseFrequencies(config.rotaryDim()), 0, all, i * pairs, pairs);
        }
        return all;
    }

    private void add(WeightSlot slot) {
        // Where it is missing, the checkpoint complains about it by the usual name.
        String name = names.find(slot.name()).orElse(slot.name());
        TensorInfo info = checkpoint.info(name, slot.tensorShape());
        used.add(slot.name());
        int code = torchCode(info.dtype());
        if (manager.getDevice().isGpu() || info.begin() % info.dtype().bytes() != 0) {
            float[] values = new float[slot.size()];
            checkpoint.fileOf(name).floats(name, slot.offset(), values);
            addArray(manager.create(values, new Shape(slot.shape())), true);
            return;
        }
        int file = mapped.computeIfAbsent(checkpoint.fileOf(name).path() + ":" + code, key -> map(name, info, code));
        NDArray place =
                manager.create(new long[] {file, info.begin() / info.dtype().bytes() + slot.offset()});
        kernels.train(manager, "map_weight", place, manager.create(slot.shape()), manager.create(0f));
    }

    private int map(String name, TensorInfo info, int code) {
        Path path = checkpoint.fileOf(name).path().toAbsolutePath();
        byte[] utf8 = path.toString().getBytes(StandardCharsets.UTF_8);
        // torch.chr in a kernel writes one byte a number, so UTF-8 bytes make up the name again.
        long[] characters = new long[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            characters[i] = utf8[i] & 0xff;
        }
        long elements = path.toFile().length() / info.dtype().bytes();
        NDArray count = kernels.train(
                        manager, "open_file", manager.create(characters), manager.create(new long[] {elements, code}))
                .singletonOrThrow();
        return (int) count.toLongArray()[0] - 1;
    }

    private void addArray(NDArray array, boolean cast) {
        kernels.train(manager, "add_weight", array, manager.create(cast ? 1L : 0L));
    }

    private static int torchCode(DType type) {
        return switch (type) {
            case F32 -> ComputeType.FLOAT32.code();
            case BF16 -> ComputeType.BFLOAT16.code();
            case F16 -> TORCH_FLOAT16;
            default ->
                throw InputException.data(
                        "weights of type %s are not supported: convert the checkpoint to F32, F16 or BF16", type);
        };
    }

    private void refuseUnknown(Path folder, ModelConfig config) {
        for (String name : checkpoint.names()) {
            Optional<String> asSaved = names.asSaved(name);
            boolean other = config.multimodal() && asSaved.isEmpty();
            if (!other && !used.contains(asSaved.orElse(name)) && !name.endsWith("rotary_emb.inv_freq")) {
                throw InputException.data(
                        "%s: tensor %s has no place in this architecture: its config.json and weights do not belong together",
                        folder, name);
            }
        }
    }
}
