package dev.nla.model.decoder;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.safetensors.Checkpoint;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands a checkpoint's tensors to the decoder's kernels, by the names of {@link WeightSlot}. Files are memory-mapped: tensors already of
 * the compute type are used where they lie.
 */
final class Weights {
    private final Checkpoint checkpoint;
    private final CheckpointNames names;
    private final KernelModule kernels;
    private final NDManager manager;
    private final Rounding rounding;
    private final Map<String, Integer> mapped = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private Weights(
            Checkpoint checkpoint, CheckpointNames names, KernelModule kernels, NDManager manager, Rounding rounding) {
        this.rounding = rounding;
        this.checkpoint = checkpoint;
        this.names = names;
        this.kernels = kernels;
        this.manager = manager;
    }

    /**
     * Loads everything; gives whether there is a head, the embedding where it is tied to it.
     *
     * @param rounding of weights, which are packed one by one, so that what is not packed yet takes no memory
     */
    static boolean load(Path folder, ModelConfig config, KernelModule kernels, NDManager parent, Rounding rounding) {
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                NDManager manager = parent.newSubManager()) {
            CheckpointNames names = new CheckpointNames(folder, checkpoint.names(), config);
            Weights weights = new Weights(checkpoint, names, kernels, manager, rounding);
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
            if (rounding.head() > 0 && config.tiedHead() && slot.isEmbedding()) {
                addPacked(slot.asHead());
            }
            if (!isMissingHead(slot)) {
                if (rounding.bits(slot) > 0) {
                    addPacked(slot);
                } else {
                    add(slot, mapped);
                }
            }
        }
        kernels.run("assemble");
    }

    /** Activations need no head, and models that embed texts are published without. */
    private boolean isMissingHead(WeightSlot slot) {
        return slot.name().equals(CheckpointNames.HEAD)
                && names.find(slot.name()).isEmpty();
    }

    /** The weight of a layer in few bits. Its file is mapped for it alone: pages that were read go with the mapping. */
    private void addPacked(WeightSlot slot) {
        Map<String, Integer> own = new HashMap<>();
        add(slot, own);
        try (KernelInputs inputs = new KernelInputs(manager)) {
            inputs.text("name", slot.part()).text("layer", slot.layer()).number("bits", rounding.bits(slot));
            inputs.flag("taught", rounding.taught());
            kernels.train(manager, "pack_weight", inputs);
        }
        own.forEach((file, number) -> kernels.run("close_file"));
    }

    /**
     * Takes a weight.
     *
     * @param files numbers of those that are mapped, by path and type
     */
    private void add(WeightSlot slot, Map<String, Integer> files) {
        // Where it is missing, the checkpoint complains about it by the usual name.
        String name = names.find(slot.name()).orElse(slot.name());
        TensorInfo info = checkpoint.info(name, slot.tensorShape());
        used.add(slot.name());
        String dtype = dtype(info.dtype());
        try (KernelInputs inputs = new KernelInputs(manager)) {
            inputs.text("name", slot.part());
            if (manager.getDevice().isGpu() || info.begin() % info.dtype().bytes() != 0) {
                float[] values = new float[slot.size()];
                checkpoint.fileOf(name).floats(name, slot.offset(), values);
                inputs.floats("values", values, slot.shape());
                kernels.train(manager, "add_weight", inputs);
                return;
            }
            Path path = checkpoint.fileOf(name).path().toAbsolutePath();
            int file = files.computeIfAbsent(path + ":" + dtype, key -> open(path, info.dtype(), dtype));
            inputs.number("file", file);
            inputs.number("begin", info.begin() / info.dtype().bytes() + slot.offset());
            inputs.flag("cast", rounding.computed(slot));
            inputs.longs("shape", slot.shape(), slot.shape().length);
            kernels.train(manager, "map_weight", inputs);
        }
    }

    /** The number of a file that is mapped as numbers of one type. */
    private int open(Path path, DType type, String dtype) {
        try (KernelInputs inputs = new KernelInputs(manager)) {
            inputs.text("path", path.toString()).text("dtype", dtype);
            inputs.number("elements", path.toFile().length() / type.bytes());
            return (int) kernels.train(manager, "open_file", inputs)
                    .singletonOrThrow()
                    .toLongArray()[0];
        }
    }

    private static String dtype(DType type) {
        return switch (type) {
            case F32 -> "float32";
            case BF16 -> "bfloat16";
            case F16 -> "float16";
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
