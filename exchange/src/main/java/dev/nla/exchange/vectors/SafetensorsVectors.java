package dev.nla.exchange.vectors;

import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Vectors of a safetensors file, which stays mapped. */
record SafetensorsVectors(SafetensorsFile file, String name, int size, int width) implements VectorFile {
    static SafetensorsVectors open(Path path, Optional<String> tensor, int width) {
        SafetensorsFile file = SafetensorsFile.open(path);
        try {
            Map<String, long[]> shapes = new TreeMap<>();
            file.names().forEach(each -> shapes.put(each, file.info(each).shape()));
            String name = TensorChoice.of(path, shapes, tensor, width);
            TensorInfo info = file.info(name);
            if (!info.dtype().isFloat()) {
                throw InputException.data(
                        "%s: tensor '%s' is %s, expected floating-point numbers", path, name, info.describe());
            }
            return new SafetensorsVectors(
                    file, name, TensorChoice.rows(path, name, info.describe(), info.shape(), width), width);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public float[] vector(int row) {
        float[] vector = new float[width];
        file.floats(name, (long) row * width, vector);
        return vector;
    }

    @Override
    public void close() {
        file.close();
    }
}
