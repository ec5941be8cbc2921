package dev.nla.exchange.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes plain values and matrices as a pickle of protocol 2, the one torch uses. */
final class Pickler {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<TorchMatrix> storages = new ArrayList<>();

    /** The pickle of a value: a map, list, string, {@link Long}, {@link Boolean}, null or {@link TorchMatrix}. */
    byte[] write(Object value) {
        bytes(0x80, 2);
        add(value);
        out.write('.');
        return out.toByteArray();
    }

    /** The matrices met, whose numbers belong into {@code data/0}, {@code data/1}, … */
    List<TorchMatrix> storages() {
        return storages;
    }

    private void add(Object value) {
        if (value == null) {
            out.write('N');
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Long number) {
            integer(number);
        } else if (value instanceof List<?> list) {
            bytes(']', '(');
            list.forEach(this::add);
            out.write('e');
        } else if (value instanceof Map<?, ?> map) {
            bytes('}', '(');
            map.forEach((key, each) -> {
                add(key);
                add(each);
            });
            out.write('u');
        } else if (value instanceof TorchMatrix matrix) {
            tensor(matrix);
        } else {
            throw new IllegalArgumentException("a " + value.getClass() + " is not written");
        }
    }

    private void tensor(TorchMatrix matrix) {
        long elements = (long) matrix.rows() * matrix.width();
        global("torch._utils", "_rebuild_tensor_v2");
        bytes('(', '(');
        text("storage");
        global("torch", "FloatStorage");
        text(String.valueOf(storages.size()));
        text("cpu");
        integer(elements);
        bytes('t', 'Q');
        integer(0);
        pair(matrix.rows(), matrix.width());
        pair(matrix.width(), 1);
        out.write(0x89);
        global("collections", "OrderedDict");
        bytes(')', 'R', 't', 'R');
        storages.add(matrix);
    }

    private void pair(long first, long second) {
        integer(first);
        integer(second);
        out.write(0x86);
    }

    private void global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(little(4).putInt(utf8.length).array());
        out.writeBytes(utf8);
    }

    private void integer(long number) {
        if (number == (int) number) {
            out.write('J');
            out.writeBytes(little(4).putInt((int) number).array());
        } else {
            bytes(0x8a, Long.BYTES);
            out.writeBytes(little(8).putLong(number).array());
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }
}
