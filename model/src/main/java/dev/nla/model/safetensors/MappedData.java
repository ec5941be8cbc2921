package dev.nla.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file mapped in windows of 1.5 GiB that start every 0.5 GiB, so that every range of up to 2^30 bytes lies
 * wholly in one of them; unaligned offsets are fine.
 */
final class MappedData {
    private static final long STEP = 1L << 29;
    private static final long WINDOW = 3 * STEP;
    private static final int CHUNK = 1 << 16;

    private volatile MappedByteBuffer[] windows;

    private MappedData(MappedByteBuffer[] windows) {
        this.windows = windows;
    }

    static MappedData of(FileChannel channel) throws IOException {
        long size = channel.size();
        int count = Math.toIntExact((size + STEP - 1) / STEP);
        MappedByteBuffer[] windows = new MappedByteBuffer[count];
        for (int i = 0; i < count; i++) {
            long start = i * STEP;
            windows[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, size - start));
        }
        return new MappedData(windows);
    }

    /** A little-endian view of bytes that were checked to lie inside the file; at most 2^30. */
    ByteBuffer range(long begin, int length) {
        MappedByteBuffer[] open = windows;
        if (open.length == 0) {
            throw new IllegalStateException("this safetensors file is closed");
        }
        if (length > 1 << 30) {
            throw new IllegalArgumentException(length + " bytes are more than a range may have");
        }
        int window = (int) Math.min(begin / STEP, open.length - 1L);
        return open[window].slice((int) (begin - window * STEP), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    void floats(DType type, long begin, float[] into) {
        for (int done = 0; done < into.length; done += CHUNK) {
            int count = Math.min(CHUNK, into.length - done);
            ByteBuffer bytes = range(begin + (long) done * type.bytes(), count * type.bytes());
            switch (type) {
                case F32 -> bytes.asFloatBuffer().get(into, done, count);
                case F64 -> {
                    for (int i = 0; i < count; i++) {
                        into[done + i] = (float) bytes.getDouble(8 * i);
                    }
                }
                case BF16 -> {
                    for (int i = 0; i < count; i++) {
                        into[done + i] = HalfFloats.fromBf16(bytes.getShort(2 * i));
                    }
                }
                case F16 -> {
                    for (int i = 0; i < count; i++) {
                        into[done + i] = HalfFloats.fromF16(bytes.getShort(2 * i));
                    }
                }
                default -> throw new IllegalArgumentException(type + " is no floating-point type");
            }
        }
    }

    void longs(DType type, long begin, long[] into) {
        for (int done = 0; done < into.length; done += CHUNK) {
            int count = Math.min(CHUNK, into.length - done);
            ByteBuffer bytes = range(begin + (long) done * type.bytes(), count * type.bytes());
            for (int i = 0; i < count; i++) {
                into[done + i] = switch (type) {
                    case I64 -> bytes.getLong(8 * i);
                    case I32 -> bytes.getInt(4 * i);
                    case I16 -> bytes.getShort(2 * i);
                    case I8 -> bytes.get(i);
                    case U8 -> bytes.get(i) & 0xFF;
                    case BOOL -> bytes.get(i) == 0 ? 0 : 1;
                    default -> throw new IllegalArgumentException(type + " is no integer type");
                };
            }
        }
    }

    void close() {
        windows = new MappedByteBuffer[0];
    }
}
