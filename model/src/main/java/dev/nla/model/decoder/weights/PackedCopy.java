package dev.nla.model.decoder.weights;

import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.safetensors.TensorToWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint's weights were rounded to, in a file beside them, so that the next start need not round. It is a safetensors file whose
 * metadata says what it was made of; where that is something else, or the file is broken, it counts as none.
 */
final class PackedCopy implements AutoCloseable {
    private static final String OF = "of";
    private static final String VALUES = ".values";
    private static final String SCALES = ".scales";

    private final SafetensorsFile file;

    /**
     * Where the parts of a layer lie.
     *
     * @param values in bytes
     * @param scales of them
     */
    record Layer(TensorInfo values, TensorInfo scales) {}

    private PackedCopy(SafetensorsFile file) {
        this.file = file;
    }

    /** The file for weights that are rounded so. Its name begins with a dot, as nothing but nla reads it. */
    static Path path(Path folder, Rounding rounding) {
        // For training, scales of 8 bits are bfloat16.
        boolean other = rounding.taught() && rounding.blocks() == Byte.SIZE;
        return folder.resolve(".nla-int" + rounding.blocks() + (other ? "-training" : "") + ".packed");
    }

    /**
     * Opens the file where there is one.
     *
     * @param of what it has to be made of, see {@link CheckpointDigest}
     */
    static Optional<PackedCopy> open(Path path, String of) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            SafetensorsFile file = SafetensorsFile.open(path);
            if (of.equals(file.metadata().get(OF))) {
                return Optional.of(new PackedCopy(file));
            }
            file.close();
            return Optional.empty();
        } catch (InputException broken) {
            return Optional.empty();
        }
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param tensors made by {@link #values} and {@link #scales}
     * @throws InputException where the file system refuses
     */
    static void write(Path path, String of, List<TensorToWrite> tensors) {
        SafetensorsWriter.write(path, Map.of(OF, of), tensors);
    }

    /** The name of a layer's values in the file. */
    static String values(String layer) {
        return layer + VALUES;
    }

    /** The name of a layer's scales in the file. */
    static String scales(String layer) {
        return layer + SCALES;
    }

    /** The file. */
    Path path() {
        return file.path();
    }

    /** A layer, where the file has it: one that was written in training lacks the head. */
    Optional<Layer> layer(String name) {
        return file.has(values(name)) && file.has(scales(name))
                ? Optional.of(new Layer(file.info(values(name)), file.info(scales(name))))
                : Optional.empty();
    }

    @Override
    public void close() {
        file.close();
    }
}
