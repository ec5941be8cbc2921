package dev.nla.model.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values as torch reads them: a pickle of protocol 2, of the few instructions that are needed. */
final class Pickle {
    private static final Map<Class<?>, String> NAMES =
            Map.of(Integer.class, "int", Double.class, "float", Boolean.class, "bool", String.class, "str");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Pickle() {}

    /**
     * Writes one value.
     *
     * @param value an Integer, Double, Boolean, String, a {@link KernelObject}, an empty Optional, or a List or Map of these
     */
    static byte[] of(Object value) {
        Pickle pickle = new Pickle();
        pickle.write(0x80, 2);
        pickle.value(value);
        pickle.write('.');
        return pickle.out.toByteArray();
    }

    private void value(Object value) {
        if (value instanceof Integer i) {
            write('J');
            out.writeBytes(little(i));
        } else if (value instanceof Double d) {
            write('G');
            out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(d).array());
        } else if (value instanceof Boolean flag) {
            write(flag ? 0x88 : 0x89);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            write('X');
            out.writeBytes(little(utf8.length));
            out.writeBytes(utf8);
        } else if (value instanceof Optional<?> none && none.isEmpty()) {
            write('N');
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof KernelObject object) {
            object(object);
        } else {
            throw new IllegalArgumentException("an attribute can't be " + value);
        }
    }

    /** A list, with the type that torch keeps of each: without it some operations refuse the list. */
    private void list(List<?> list) {
        Optional<String> type = type(list);
        if (type.isPresent()) {
            global("torch.jit._pickle", "restore_type_tag");
            write('(');
        }
        write(']', '(');
        list.forEach(this::value);
        write('e');
        type.ifPresent(tag -> {
            value(tag);
            write('t', 'R');
        });
    }

    /** What torch calls the type of a value, for numbers, texts, and lists of them. */
    private static Optional<String> type(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().findFirst().flatMap(Pickle::type).map("List[%s]"::formatted);
        }
        return Optional.ofNullable(NAMES.get(value.getClass()));
    }

    private void map(Map<?, ?> map) {
        write('}', '(');
        map.forEach((key, value) -> {
            value(key);
            value(value);
        });
        write('u');
    }

    /** A new object of the class, whose state is the attributes. */
    private void object(KernelObject object) {
        global("__torch__." + object.file(), object.type());
        write(')', 0x81);
        map(object.attributes());
        write('b');
    }

    private void global(String module, String name) {
        out.writeBytes("c%s\n%s\n".formatted(module, name).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private void write(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
    }
}
