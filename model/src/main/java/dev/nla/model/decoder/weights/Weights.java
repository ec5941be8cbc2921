package dev.nla.model.decoder.weights;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands a checkpoint's tensors to kernels that have the method {@code load}, by the names of {@link WeightSlot}. Files are memory-mapped:
 * tensors already of the compute type are used where they lie.
 */
public final class Weights implements AutoCloseable {
    private final ModelConfig config;
    private final Checkpoint checkpoint;
    private final CheckpointNames names;
    private final List<WeightSlot> slots;
    private final KernelModule kernels;
    private final NDManager manager;
    private final Rounding rounding;

    private Weights(
            ModelConfig config,
            Checkpoint checkpoint,
            CheckpointNames names,
            KernelModule kernels,
            NDManager manager,
            Rounding rounding) {
        this.config = config;
        this.checkpoint = checkpoint;
        this.names = names;
        this.slots = WeightSlot.of(config).stream()
                .filter(slot -> !isMissingHead(slot, names))
                .toList();
        this.kernels = kernels;
        this.manager = manager;
        this.rounding = rounding;
    }

    /**
     * Opens a folder's checkpoint and checks that its tensors are those of the architecture; none is read yet.
     *
     * @param kernels that get the weights; stay the caller's
     * @param rounding of weights, which are packed one by one, so that what is not packed yet takes no memory
     * @throws InputException where a tensor is missing, of another shape or type, or has no place
     */
    public static Weights open(
            Path folder, ModelConfig config, KernelModule kernels, NDManager parent, Rounding rounding) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        try {
            CheckpointNames names = new CheckpointNames(folder, checkpoint.names(), config);
            Weights weights = new Weights(config, checkpoint, names, kernels, parent.newSubManager(), rounding);
            weights.slots.forEach(slot -> dtype(weights.info(slot).dtype()));
            weights.refuseUnknown(folder);
            return weights;
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    /** Activations need no head, and models that embed texts are published without. */
    private static boolean isMissingHead(WeightSlot slot, CheckpointNames names) {
        return slot.name().equals(CheckpointNames.HEAD)
                && names.find(slot.name()).isEmpty();
    }

    /** Whether there is a head, the embedding where it is tied to it. */
    public boolean hasHead() {
        return config.tiedHead() || slots.stream().anyMatch(WeightSlot::isHead);
    }

    /** Hands over everything. */
    public void all() {
        Map<String, Integer> mapped = new HashMap<>();
        for (WeightSlot slot : slots) {
            if (rounding.head() > 0 && config.tiedHead() && slot.isEmbedding()) {
                addPacked(slot.asHead());
            }
            add(slot, mapped);
        }
    }

    /** Hands over what stands before and behind blocks, but for the head. */
    public void outside() {
        Map<String, Integer> mapped = new HashMap<>();
        slots.stream().filter(slot -> slot.isOutside() && !slot.isHead()).forEach(slot -> add(slot, mapped));
    }

    /** Hands over those of a block. Files are mapped for it alone: pages that were read go with its weights. */
    public void block(int block) {
        Map<String, Integer> own = new HashMap<>();
        slots.stream().filter(slot -> slot.isOf(block)).forEach(slot -> add(slot, own));
        closeAll(own);
    }

    private void add(WeightSlot slot, Map<String, Integer> files) {
        if (rounding.bits(slot) > 0) {
            addPacked(slot);
        } else {
            addWhole(slot, files);
        }
    }

    /** The weight of a layer in few bits. Its file is mapped for it alone. */
    private void addPacked(WeightSlot slot) {
        Map<String, Integer> own = new HashMap<>();
        addWhole(slot, own);
        try (KernelInputs inputs = step("round")) {
            inputs.text("name", slot.part()).text("layer", slot.layer()).number("bits", rounding.bits(slot));
            inputs.flag("taught", rounding.taught());
            kernels.train(manager, "load", inputs);
        }
        closeAll(own);
    }

    /**
     * Takes a weight as it is.
     *
     * @param files numbers of those that are mapped, by path and type
     */
    private void addWhole(WeightSlot slot, Map<String, Integer> files) {
        TensorInfo info = info(slot);
        if (manager.getDevice().isGpu() || info.begin() % info.dtype().bytes() != 0) {
            float[] values = new float[slot.size()];
            checkpoint.fileOf(name(slot)).floats(name(slot), slot.offset(), values);
            try (KernelInputs inputs = step("copy")) {
                inputs.text("name", slot.part()).floats("values", values, slot.shape());
                kernels.train(manager, "load", inputs);
            }
            return;
        }
        Path path = checkpoint.fileOf(name(slot)).path().toAbsolutePath();
        int file = files.computeIfAbsent(path + ":" + info.dtype(), key -> open(path, info.dtype()));
        try (KernelInputs inputs = step("map")) {
            inputs.text("name", slot.part()).number("file", file);
            inputs.number("begin", info.begin() / info.dtype().bytes() + slot.offset());
            inputs.flag("cast", rounding.computed(slot));
            inputs.longs("shape", slot.shape(), slot.shape().length);
            kernels.train(manager, "load", inputs);
        }
    }

    /** Where it is missing, the checkpoint complains about it by the usual name. */
    private String name(WeightSlot slot) {
        return names.find(slot.name()).orElse(slot.name());
    }

    private TensorInfo info(WeightSlot slot) {
        return checkpoint.info(name(slot), slot.tensorShape());
    }

    /** The number of a file that is mapped as numbers of one type. */
    private int open(Path path, DType type) {
        try (KernelInputs inputs = step("open")) {
            inputs.text("path", path.toString()).text("dtype", dtype(type));
            inputs.number("elements", path.toFile().length() / type.bytes());
            return (int)
                    kernels.train(manager, "load", inputs).singletonOrThrow().toLongArray()[0];
        }
    }

    private void closeAll(Map<String, Integer> files) {
        files.forEach((file, number) -> {
            try (KernelInputs inputs = step("close")) {
                kernels.train(manager, "load", inputs);
            }
        });
    }

    private KernelInputs step(String name) {
        return new KernelInputs(manager).text("step", name);
    }

    /** Torch's name of a type; refuses what weights cannot be of. */
    static String dtype(DType type) {
        return switch (type) {
            case F32 -> "float32";
            case BF16 -> "bfloat16";
            case F16 -> "float16";
            default ->
                throw InputException.data(
                        "weights of type %s are not supported: convert the checkpoint to F32, F16 or BF16", type);
        };
    }

    private void refuseUnknown(Path folder) {
        Set<String> known = new HashSet<>(slots.stream().map(WeightSlot::name).toList());
        if (config.tiedHead()) {
            known.add(CheckpointNames.HEAD);
        }
        for (String name : checkpoint.names()) {
            Optional<String> asSaved = names.asSaved(name);
            boolean other = config.multimodal() && asSaved.isEmpty();
            if (!other && !known.contains(asSaved.orElse(name)) && !name.endsWith("rotary_emb.inv_freq")) {
                throw InputException.data(
                        "%s: tensor %s has no place in this architecture: its config.json and weights do not belong together",
                        folder, name);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
        checkpoint.close();
    }
}
