package dev.nla.exchange.vectors;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Activations in a file: a tensor whose last dimension is the model's width; whatever is before that counts rows. */
public interface VectorFile extends AutoCloseable {
    /**
     * Opens a file by the end of its name: {@code .npy}, {@code .pt} or {@code .pth}, else safetensors.
     *
     * @param tensor which of its tensors; where nothing is said {@code activations}, {@code activation}, {@code vectors} or {@code vector}, or the only one
     *     of this width
     * @param width numbers in a vector
     * @throws InputException where there is no such file or tensor, or it is of another width
     */
    static VectorFile open(Path file, Optional<String> tensor, int width) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            tensor.ifPresent(given -> {
                throw InputException.usage("%s: holds one array without a name: leave out the name '%s'", file, given);
            });
            return NpyVectors.open(file, width);
        }
        return name.endsWith(".pt") || name.endsWith(".pth")
                ? TorchVectors.open(file, tensor, width)
                : SafetensorsVectors.open(file, tensor, width);
    }

    /** How many vectors. */
    int size();

    /** A vector by its number, from 0, as float32 {@code [d]}. */
    float[] vector(int row);

    @Override
    void close();
}
