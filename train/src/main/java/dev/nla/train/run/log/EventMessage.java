package dev.nla.train.run.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Encodes the few {@code tensorflow.Event} protocol buffers that TensorBoard needs: wall_time = 1 (double), step = 2 (int64),
 * file_version = 3 (string), summary = 5 (of value = 1: tag = 1, simple_value = 2), session_log = 7 (of status = 1, START = 1).
 */
final class EventMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] fileVersion(double wallTime) {
        return new EventMessage()
                .fixed64(1, wallTime)
                .bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8))
                .toBytes();
    }

    static byte[] sessionStart(double wallTime, int step) {
        byte[] sessionLog = new EventMessage().varint(1, 1).toBytes();
        return event(wallTime, step).bytes(7, sessionLog).toBytes();
    }

    static byte[] scalar(double wallTime, int step, String tag, float number) {
        byte[] value = new EventMessage()
                .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                .fixed32(2, number)
                .toBytes();
        byte[] summary = new EventMessage().bytes(1, value).toBytes();
        return event(wallTime, step).bytes(5, summary).toBytes();
    }

    private static EventMessage event(double wallTime, int step) {
        return new EventMessage().fixed64(1, wallTime).varint(2, step);
    }

    private EventMessage varint(int field, long value) {
        number(field << 3 | VARINT);
        number(value);
        return this;
    }

    private EventMessage fixed64(int field, double value) {
        number(field << 3 | FIXED64);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    private EventMessage fixed32(int field, float value) {
        number(field << 3 | FIXED32);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    private EventMessage bytes(int field, byte[] value) {
        number(field << 3 | BYTES);
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Seven bits a byte, the lowest first; the high bit says that more follow. */
    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private byte[] toBytes() {
        return out.toByteArray();
    }
}
