package dev.nla.exchange.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Torch files put together by hand, right or wrong. Pickles are texts of one byte a character. */
final class MadeArchive {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** An archive with this pickle and nothing else. */
    static MadeArchive of(String pickle) {
        return new MadeArchive().with("made/data.pkl", bytes(pickle));
    }

    MadeArchive with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    MadeArchive with(String name, String content) {
        return with(name, bytes(content));
    }

    Path write(Path file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
            zip.finish();
            return Files.write(file, out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** The instructions for a text. */
    static String text(String value) {
        return "X" + (char) value.length() + "\0\0\0" + value;
    }

    /** The instructions for a small whole number. */
    static String number(int value) {
        return value < 256
                ? "K" + (char) value
                : "J" + (char) (value & 255) + (char) (value >> 8 & 255) + (char) (value >> 16 & 255)
                        + (char) (value >> 24);
    }

    /**
     * The instructions for a tensor.
     *
     * @param type as in {@code FloatStorage}
     * @param shape instructions for a tuple
     * @param strides likewise
     */
    static String tensor(String type, String key, int length, int offset, String shape, String strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + type + "\n" + text(key)
                + text("cpu") + number(length) + "tQ" + number(offset) + shape + strides
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    /** The instructions for a tuple of two small numbers. */
    static String pair(int first, int second) {
        return number(first) + number(second) + "\u0086";
    }
}
