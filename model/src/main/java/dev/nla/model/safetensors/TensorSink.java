package dev.nla.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Encodes one tensor into the file and counts its bytes. */
final class TensorSink implements FloatSink {
    private final WritableByteChannel channel;
    private final DType dtype;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    TensorSink(WritableByteChannel channel, DType dtype) {
        this.channel = channel;
        this.dtype = dtype;
    }

    @Override
    public void write(float[] values, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            room();
            switch (dtype) {
                case F32 -> buffer.putFloat(values[i]);
                case F64 -> buffer.putDouble(values[i]);
                case BF16 -> buffer.putShort(HalfFloats.toBf16(values[i]));
                case F16 -> buffer.putShort(HalfFloats.toF16(values[i]));
                default -> throw new IllegalStateException(dtype + " is no floating-point type");
            }
        }
    }

    void writeLongs(long[] values) throws IOException {
        for (long value : values) {
            room();
            buffer.putLong(value);
        }
    }

    void writeBytes(ByteBuffer bytes) throws IOException {
        flush();
        written += bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Hands everything over and returns how many bytes the tensor got. */
    long finish() throws IOException {
        flush();
        return written;
    }

    private void room() throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        written += buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
