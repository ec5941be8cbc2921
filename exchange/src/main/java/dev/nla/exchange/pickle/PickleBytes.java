package dev.nla.exchange.pickle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from the front; running out of them is a {@link BadPickle}. */
final class PickleBytes {
    private final ByteBuffer bytes;

    PickleBytes(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    int u1() {
        return take(1).get() & 0xff;
    }

    int u2() {
        return take(2).getShort() & 0xffff;
    }

    int i4() {
        return take(4).getInt();
    }

    long i8() {
        return take(8).getLong();
    }

    /** A double, big-endian as pickles have it. */
    double f8() {
        return Double.longBitsToDouble(Long.reverseBytes(i8()));
    }

    /** A whole number of {@code length} bytes, little-endian in two's complement. */
    long integer(int length) {
        if (length > Long.BYTES) {
            throw new BadPickle("it holds a whole number of " + 8 * length + " bits, more than the 64 that are read");
        }
        long value = 0;
        int last = 0;
        for (int i = 0; i < length; i++) {
            last = u1();
            value |= (long) last << (8 * i);
        }
        boolean negative = length > 0 && length < Long.BYTES && last >= 0x80;
        return negative ? value - (1L << (8 * length)) : value;
    }

    /** A text of {@code length} bytes of UTF-8. */
    String text(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BadPickle("a text of " + length + " bytes runs past its end");
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** A text up to the end of the line. */
    String line() {
        int start = bytes.position();
        while (u1() != '\n') {
            continue;
        }
        return new String(bytes.array(), start, bytes.position() - start - 1, StandardCharsets.UTF_8);
    }

    private ByteBuffer take(int count) {
        if (bytes.remaining() < count) {
            throw new BadPickle("it ends in the middle", new BufferUnderflowException());
        }
        return bytes;
    }
}
