package dev.nla.exchange.vectors;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tensor of a file holds the vectors, and how many they are. */
final class TensorChoice {
    /** Names that vectors go by in files of this field; the first that is there is taken. */
    private static final List<String> KNOWN = List.of("activations", "activation", "vectors", "vector");

    private TensorChoice() {}

    /**
     * The name of the tensor.
     *
     * @param shapes of all tensors by name
     */
    static String of(Path file, Map<String, long[]> shapes, Optional<String> asked, int width) {
        if (asked.isPresent()) {
            if (!shapes.containsKey(asked.get())) {
                throw InputException.data("%s: has no tensor '%s'; it has %s", file, asked.get(), shapes.keySet());
            }
            return asked.get();
        }
        Optional<String> known = KNOWN.stream().filter(shapes::containsKey).findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        List<String> fitting = shapes.size() == 1
                ? List.copyOf(shapes.keySet())
                : shapes.entrySet().stream()
                        .filter(each -> last(each.getValue()) == width)
                        .map(Map.Entry::getKey)
                        .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw InputException.data(
                fitting.isEmpty()
                        ? "%s: no tensor has vectors of %d numbers, the base model's width; it has %s"
                        : "%s: several tensors have vectors of %d numbers: name one of %s",
                file,
                width,
                fitting.isEmpty() ? shapes.keySet() : fitting);
    }

    /** How many vectors a tensor has; refuses one of another width. */
    static int rows(Path file, String name, String described, long[] shape, int width) {
        long rows = 1;
        for (int i = 0; i < shape.length - 1; i++) {
            rows = Math.multiplyExact(rows, shape[i]);
        }
        if (last(shape) != width || rows < 1 || rows > Integer.MAX_VALUE) {
            throw InputException.data(
                    "%s: tensor '%s' is %s, expected [%d] or [N, %d], the base model's width",
                    file, name, described, width, width);
        }
        return (int) rows;
    }

    private static long last(long[] shape) {
        return shape.length == 0 ? 0 : shape[shape.length - 1];
    }

    /** A shape as people read it. */
    static String text(long[] shape) {
        return Arrays.toString(shape);
    }
}
