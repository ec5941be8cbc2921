package dev.nla.exchange.vectors;

import dev.nla.exchange.pickle.TorchFile;
import dev.nla.exchange.pickle.TorchRows;
import dev.nla.exchange.pickle.TorchTensor;
import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Vectors of a file of {@code torch.save}: of a tensor, or of one in a dict, such as a cache of TransformerLens by the names of its hooks. */
record TorchVectors(TorchRows rows, int size) implements VectorFile {
    private static final String ALONE = "tensor";

    static TorchVectors open(Path path, Optional<String> name, int width) {
        try (TorchFile file = TorchFile.open(path)) {
            Map<String, TorchTensor> tensors = new TreeMap<>();
            if (file.content() instanceof TorchTensor alone) {
                tensors.put(ALONE, alone);
            } else if (file.content() instanceof Map<?, ?> named) {
                named.forEach((key, value) -> {
                    if (value instanceof TorchTensor tensor && tensor.dtype().isFloat()) {
                        tensors.put(String.valueOf(key), tensor);
                    }
                });
            }
            if (tensors.isEmpty()) {
                throw InputException.data("%s: holds no tensor of floating-point numbers, nor a dict of such", path);
            }
            Map<String, long[]> shapes = new TreeMap<>();
            tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
            String chosen = TensorChoice.of(path, shapes, name, width);
            TorchTensor tensor = tensors.get(chosen);
            int size = TensorChoice.rows(path, chosen, tensor.describe(), tensor.shape(), width);
            return new TorchVectors(file.rows(flat(path, chosen, tensor, size)), size);
        }
    }

    /** The tensor as a matrix of so many rows. */
    private static TorchTensor flat(Path path, String name, TorchTensor tensor, int size) {
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        int last = shape.length - 1;
        for (int i = 0; i < last - 1; i++) {
            if (shape[i] > 1 && strides[i] != strides[i + 1] * shape[i + 1]) {
                throw InputException.data(
                        "%s: tensor '%s' is a view whose rows do not follow one another: save a copy of it (contiguous())",
                        path, name);
            }
        }
        return new TorchTensor(
                tensor.dtype(),
                new long[] {size, shape[last]},
                new long[] {last == 0 ? shape[last] : strides[last - 1], strides[last]},
                tensor.offset(),
                tensor.storage(),
                tensor.length());
    }

    @Override
    public float[] vector(int row) {
        return rows.row(row);
    }

    /** Nothing is open: the numbers are in memory. */
    @Override
    public void close() {}
}
