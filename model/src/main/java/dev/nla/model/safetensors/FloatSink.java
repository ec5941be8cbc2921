package dev.nla.model.safetensors;

import java.io.IOException;

/** Takes the elements of a tensor that is being written, in row-major order and in pieces of any size. */
public interface FloatSink {
    /** Takes {@code length} elements from {@code offset} on; they are rounded to the tensor's type. */
    void write(float[] values, int offset, int length) throws IOException;

    /** Takes all of them. */
    default void write(float[] values) throws IOException {
        write(values, 0, values.length);
    }
}
