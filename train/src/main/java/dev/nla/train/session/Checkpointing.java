package dev.nla.train.session;

import ai.djl.ndarray.NDArray;
import dev.nla.model.InputException;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.train.optimizer.Updater;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint holds beside the run's own state: the adapter folder as users load it, the optimizer's memory, and the adapter's
 * parameters in full precision for an exact resume.
 */
public final class Checkpointing {
    /** The adapter in training, as users load it. */
    public static final String ADAPTER = "adapter";

    /** A critic that learns along, as users load it. */
    public static final String RECONSTRUCTOR = "reconstructor";

    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String PARAMETERS = "parameters.safetensors";

    private Checkpointing() {}

    /** Writes an adapter's parameters in full and the optimizer's memory. */
    public static void save(Path folder, String name, LoraAdapter adapter, Updater updater) {
        save(folder, name, adapter.parameters(), updater);
    }

    /** Writes parameters, {@code [n]} float32, in full and the optimizer's memory. */
    public static void save(Path folder, String name, NDArray parameters, Updater updater) {
        save(folder, name, parameters);
        updater.write(folder.resolve(name + OPTIMIZER));
    }

    /** Writes an adapter's parameters in full. */
    public static void save(Path folder, String name, LoraAdapter adapter) {
        save(folder, name, adapter.parameters());
    }

    private static void save(Path folder, String name, NDArray parameters) {
        float[] values = parameters.toFloatArray();
        SafetensorsWriter.write(
                folder.resolve(name + PARAMETERS),
                Map.of(),
                List.of(TensorToWrite.floats("parameters", new long[] {values.length}, values)));
    }

    /** Goes on from what {@link #save} wrote. */
    public static void restore(Path folder, String name, LoraAdapter adapter, Updater updater) {
        restore(folder, name, adapter);
        updater.read(folder.resolve(name + OPTIMIZER));
    }

    /** Reads back an adapter's parameters alone. */
    public static void restore(Path folder, String name, LoraAdapter adapter) {
        adapter.set(read(folder, name, adapter.layout().size()));
    }

    /** Goes on training a whole model from what {@link #save} wrote. */
    public static void restore(Path folder, String name, FlatWeights weights, Updater updater) {
        weights.set(read(folder, name, weights.parameters().size()));
        updater.read(folder.resolve(name + OPTIMIZER));
    }

    private static float[] read(Path folder, String name, long size) {
        Path path = folder.resolve(name + PARAMETERS);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            float[] values = file.floats("parameters");
            if (values.length != size) {
                throw InputException.data(
                        "%s holds %d numbers, expected %d: it is not of this run", path, values.length, size);
            }
            return values;
        }
    }
}
