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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final Path copyPath;
    private Optional<PackedCopy> copy = Optional.empty();
    private String made = "";
    private Optional<String> notKept = Optional.empty();

    private Weights(
            Path folder,
            ModelConfig config,
            Checkpoint checkpoint,
            CheckpointNames names,
            KernelModule kernels,
            NDManager manager,
            Rounding rounding) {
        this.copyPath = PackedCopy.path(folder, rounding);
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
            Weights weights = new Weights(folder, config, checkpoint, names, kernels, parent.newSubManager(), rounding);
            weights.slots.forEach(slot -> dtype(weights.info(slot).dtype()));
            weights.refuseUnknown(folder);
            if (rounding.blocks() > 0 && !parent.getDevice().isGpu()) {
                weights.made = CheckpointDigest.of(folder, checkpoint) + " " + weights.layout();
                weights.copy = PackedCopy.open(weights.copyPath, weights.made);
            }
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

    /**
     * Hands over everything. What weights were rounded to is kept in a {@link PackedCopy} where there is none yet.
     *
     * @param least numbers that are worth keeping
     */
    public void all(long least) {
        Map<String, Integer> mapped = new HashMap<>();
        List<WeightSlot> packed = new ArrayList<>();
        for (WeightSlot slot : slots) {
            if (rounding.head() > 0 && config.tiedHead() && slot.isEmbedding()) {
                addPacked(slot.asHead(), mapped);
                packed.add(slot.asHead());
            }
            add(slot, mapped);
            if (rounding.bits(slot) > 0) {
                packed.add(slot);
            }
        }
        long numbers = packed.stream().mapToLong(WeightSlot::size).sum();
        if (!made.isEmpty() && copy.isEmpty() && numbers >= least && Files.isWritable(copyPath.getParent())) {
            notKept = new PackedParts(kernels, manager, rounding).keep(packed, copyPath, made);
        }
    }

    /** Why no {@link PackedCopy} could be kept, so that the next start takes as long as this; empty where one was, or none is needed. */
    public Optional<String> notKept() {
        return notKept;
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
            addPacked(slot, files);
        } else {
            addWhole(slot, files);
        }
    }

    /**
     * The weight of a layer in few bits.
     *
     * @param files numbers of those that stay mapped
     */
    private void addPacked(WeightSlot slot, Map<String, Integer> files) {
        Optional<PackedCopy.Layer> kept = copy.flatMap(copied -> copied.layer(slot.layer()));
        if (kept.isPresent()) {
            restore(slot, kept.get(), files);
        } else {
            round(slot);
        }
    }

    private void restore(WeightSlot slot, PackedCopy.Layer kept, Map<String, Integer> files) {
        // Torch packs 8 bits once more, each layer for itself; all others are used where they lie.
        boolean again = rounding.bits(slot) == Byte.SIZE && !rounding.taught();
        Map<String, Integer> used = again ? new HashMap<>() : files;
        try (KernelInputs inputs = step("restore")) {
            inputs.text("layer", slot.layer()).number("bits", rounding.bits(slot));
            inputs.flag("taught", rounding.taught()).longs("shape", slot.shape(), slot.shape().length);
            addRange(inputs, "values", kept.values(), used);
            addRange(inputs, "scales", kept.scales(), used);
            kernels.train(manager, "load", inputs);
        }
        if (again) {
            closeAll(used);
        }
    }

    private void addRange(KernelInputs inputs, String name, TensorInfo info, Map<String, Integer> files) {
        Path path = copyPath.toAbsolutePath();
        int file = files.computeIfAbsent(path + ":" + info.dtype(), key -> open(path, info.dtype()));
        inputs.number(name + "_file", file).number(name + "_size", info.elements());
        inputs.number(name + "_begin", info.begin() / info.dtype().bytes());
    }

    /** How weights of 4 bits lie differs between processors. */
    private String layout() {
        if (rounding.blocks() != 4) {
            return "rows";
        }
        try (KernelInputs inputs = step("tile")) {
            return "tile "
                    + kernels.train(manager, "load", inputs).singletonOrThrow().toLongArray()[0];
        }
    }

    /** Its file is mapped for it alone. */
    private void round(WeightSlot slot) {
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
            inputs.text("path", path.toString()).text("dtype", mapped(type));
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

    private static String mapped(DType type) {
        return switch (type) {
            case U8 -> "uint8";
            case I8 -> "int8";
            default -> dtype(type);
        };
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
        copy.ifPresent(PackedCopy::close);
        manager.close();
        checkpoint.close();
    }
}
