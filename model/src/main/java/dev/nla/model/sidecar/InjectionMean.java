package dev.nla.model.sidecar;

import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The mean activation that {@link InjectionCenter#MEAN} subtracts, kept beside the adapter. */
public final class InjectionMean {
    /** The file's name in an adapter folder. */
    public static final String FILE = "injection_mean.safetensors";

    private static final String TENSOR = "mean";

    private InjectionMean() {}

    /**
     * Reads the mean {@code [d]}.
     *
     * @throws dev.nla.model.InputException when it is missing, has another length, or holds numbers that are not finite
     */
    public static float[] read(Path folder, int dModel) {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(FILE))) {
            file.info(TENSOR, dModel);
            return file.finiteFloats(TENSOR);
        }
    }

    /** Writes the mean {@code [d]}. */
    public static void write(Path folder, float[] mean) {
        SafetensorsWriter.write(
                folder.resolve(FILE),
                Map.of("format", "pt"),
                List.of(TensorToWrite.floats(TENSOR, new long[] {mean.length}, mean)));
    }
}
