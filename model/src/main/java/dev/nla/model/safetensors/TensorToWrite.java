package dev.nla.model.safetensors;

import dev.nla.model.files.ThrowingConsumer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** A tensor on its way into a file: its name, type and shape, and where its elements come from. */
public final class TensorToWrite {
    private final String name;
    private final DType dtype;
    private final long[] shape;
    private final ThrowingConsumer<TensorSink> source;

    private TensorToWrite(String name, DType dtype, long[] shape, ThrowingConsumer<TensorSink> source) {
        if (name.isEmpty() || name.equals("__metadata__")) {
            throw new IllegalArgumentException("'" + name + "' is no name for a tensor");
        }
        this.name = name;
        this.dtype = Objects.requireNonNull(dtype);
        this.shape = shape.clone();
        this.source = source;
        byteLength();
    }

    /** A float32 tensor; {@code values} in row-major order, not copied. */
    public static TensorToWrite floats(String name, long[] shape, float[] values) {
        return streamed(name, DType.F32, checked(name, shape, values.length), sink -> sink.write(values));
    }

    /** A bfloat16 tensor of float32 values, rounded to nearest, ties to even. */
    public static TensorToWrite bf16(String name, long[] shape, float[] values) {
        return streamed(name, DType.BF16, checked(name, shape, values.length), sink -> sink.write(values));
    }

    /** An int64 tensor. */
    public static TensorToWrite longs(String name, long[] shape, long[] values) {
        return new TensorToWrite(name, DType.I64, checked(name, shape, values.length), sink -> sink.writeLongs(values));
    }

    /** A floating-point tensor whose elements are handed to the sink while the file is written. */
    public static TensorToWrite streamed(String name, DType dtype, long[] shape, ThrowingConsumer<FloatSink> source) {
        if (!dtype.isFloat()) {
            throw new IllegalArgumentException(dtype + " cannot be streamed as floats");
        }
        return new TensorToWrite(name, dtype, shape, source::accept);
    }

    /** A tensor of any type from its raw little-endian bytes. */
    public static TensorToWrite raw(String name, DType dtype, long[] shape, ByteBuffer bytes) {
        TensorToWrite tensor = new TensorToWrite(name, dtype, shape, sink -> sink.writeBytes(bytes.duplicate()));
        if (tensor.byteLength() != bytes.remaining()) {
            throw new IllegalArgumentException(
                    name + ": " + bytes.remaining() + " bytes for " + dtype + " " + Arrays.toString(shape));
        }
        return tensor;
    }

    /** A tensor of any type whose raw little-endian bytes are handed to the sink while the file is written. */
    public static TensorToWrite handed(
            String name, DType dtype, long[] shape, ThrowingConsumer<ThrowingConsumer<ByteBuffer>> source) {
        return new TensorToWrite(name, dtype, shape, sink -> source.accept(sink::writeBytes));
    }

    private static long[] checked(String name, long[] shape, int length) {
        long elements = elements(shape);
        if (elements != length) {
            throw new IllegalArgumentException(name + ": " + length + " values for shape " + Arrays.toString(shape));
        }
        return shape;
    }

    private static long elements(long[] shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The type it gets in the file. */
    public DType dtype() {
        return dtype;
    }

    /** A copy of its dimensions. */
    public long[] shape() {
        return shape.clone();
    }

    long byteLength() {
        return Math.multiplyExact(elements(shape), dtype.bytes());
    }

    ThrowingConsumer<TensorSink> source() {
        return source;
    }
}
