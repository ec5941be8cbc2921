package dev.nla.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call hands to a kernel, by name: a kernel reads {@code inputs["ids"]}, {@code int(inputs["column"])}. What is made here from Java's numbers
 * is freed by {@link #close}, after the call; arrays that are handed in stay their owners'.
 */
public final class KernelInputs implements AutoCloseable {
    /** The argument's name, which DJL takes from what stands before the dot. */
    private static final String ARGUMENT = "inputs.";

    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    /** No inputs yet, on the device of {@code parent}. */
    public KernelInputs(NDManager parent) {
        this.manager = parent.newSubManager();
    }

    /** An array of the caller's. It may be an input under one name only. */
    public KernelInputs array(String name, NDArray array) {
        arrays.put(name, array);
        return this;
    }

    /** Whole numbers, int64. */
    public KernelInputs longs(String name, long[] values, long... shape) {
        return array(name, manager.create(values, new Shape(shape)));
    }

    /** Numbers, float32. */
    public KernelInputs floats(String name, float[] values, long... shape) {
        return array(name, manager.create(values, new Shape(shape)));
    }

    /** One whole number, which a kernel reads by {@code int(inputs[name])}. */
    public KernelInputs number(String name, long value) {
        return array(name, manager.create(value));
    }

    /** One number, which a kernel reads by {@code float(inputs[name])}. */
    public KernelInputs number(String name, float value) {
        return array(name, manager.create(value));
    }

    /** Yes or no, which a kernel reads by {@code bool(inputs[name])}. */
    public KernelInputs flag(String name, boolean value) {
        return number(name, value ? 1L : 0L);
    }

    /** A text, which a kernel reads by {@code texts.read(inputs[name])}. */
    public KernelInputs text(String name, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        // A kernel makes a byte of each number, so the bytes of UTF-8 make up the text again.
        long[] numbers = new long[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            numbers[i] = Byte.toUnsignedLong(utf8[i]);
        }
        return longs(name, numbers, numbers.length);
    }

    /** All of them, named for the call. */
    List<NDArray> named() {
        arrays.forEach((name, array) -> array.setName(ARGUMENT + name));
        return new ArrayList<>(arrays.values());
    }

    @Override
    public void close() {
        manager.close();
    }
}
