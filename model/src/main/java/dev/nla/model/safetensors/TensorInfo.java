package dev.nla.model.safetensors;

import java.util.Arrays;

/**
 * Where a tensor lies in its file and what it holds.
 *
 * @param name its name in the header
 * @param dtype its element type
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param begin offset of its first byte from the start of the file
 * @param end offset behind its last byte
 */
public record TensorInfo(String name, DType dtype, long[] shape, long begin, long end) {
    /** Copies the shape. */
    public TensorInfo {
        shape = shape.clone();
    }

    /** A copy of the dimensions. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** How many elements it holds. */
    public long elements() {
        return (end - begin) / dtype.bytes();
    }

    /** Whether the dimensions are these; -1 stands for any. */
    public boolean hasShape(long... expected) {
        if (expected.length != shape.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (expected[i] >= 0 && expected[i] != shape[i]) {
                return false;
            }
        }
        return true;
    }

    /** The type and dimensions as a person reads them, for example {@code F32 [16, 576]}. */
    public String describe() {
        return dtype + " " + Arrays.toString(shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInfo that
                && name.equals(that.name)
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && begin == that.begin
                && end == that.end;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + " " + describe() + " @" + begin;
    }
}
