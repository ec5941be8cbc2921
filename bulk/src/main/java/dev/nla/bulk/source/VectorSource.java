package dev.nla.bulk.source;

import dev.nla.data.digest.Sha256;
import dev.nla.exchange.vectors.VectorFile;
import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * All vectors of a file; nothing is known of them but their numbers.
 *
 * @param path of the file
 * @param file stays the caller's
 * @param tensor which of its tensors was asked for, if one was
 */
public record VectorSource(Path path, VectorFile file, Optional<String> tensor) implements Source {
    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int begin = 0; begin < file.size(); begin += BLOCK) {
            int first = begin;
            int end = Math.min(begin + BLOCK, file.size());
            blocks.add(new Block(
                    end - first,
                    () -> IntStream.range(first, end).mapToObj(this::place).toList(),
                    () -> IntStream.range(first, end).mapToObj(this::vector).toArray(float[][]::new)));
        }
        return blocks;
    }

    private ActivationPlace place(int row) {
        return new ActivationPlace(
                String.valueOf(row),
                path.getFileName().toString(),
                OptionalInt.empty(),
                Optional.empty(),
                trained -> List.of());
    }

    private float[] vector(int row) {
        return finite(path, file, row);
    }

    /** A vector of a file; refused where it holds NaN or infinity. */
    public static float[] finite(Path path, VectorFile file, int row) {
        float[] vector = file.vector(row);
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw InputException.data("%s: row %d holds %s: expected finite numbers", path, row, value);
            }
        }
        return vector;
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of("vectors", Sha256.of(path), "tensor", tensor.orElse(""));
    }
}
