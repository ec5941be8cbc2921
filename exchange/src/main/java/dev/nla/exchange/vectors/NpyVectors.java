package dev.nla.exchange.vectors;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.HalfFloats;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Vectors of a file of {@code numpy.save}: its header is the text of a Python dict, of which three entries are known, and then the numbers
 * follow.
 */
record NpyVectors(Path path, FileChannel file, DType dtype, long begin, int size, int width) implements VectorFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int FIXED = 10;
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Map<String, DType> TYPES = Map.of("<f2", DType.F16, "<f4", DType.F32, "<f8", DType.F64);
    private static final Pattern DESCR = Pattern.compile("'descr': '([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': (True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': \\(([0-9, ]*)\\)");

    static NpyVectors open(Path path, int width) {
        if (!Files.isRegularFile(path)) {
            throw InputException.data("%s: there is no such file", path);
        }
        try {
            FileChannel file = FileChannel.open(path);
            try {
                return read(path, file, width);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (EOFException e) {
            throw InputException.data(e, "%s: is no whole file of numpy.save: save it again", path);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", path, FileFault.of(e));
        }
    }

    private static NpyVectors read(Path path, FileChannel file, int width) throws IOException {
        ByteBuffer fixed = bytes(file, 0, FIXED + 2);
        for (int i = 0; i < MAGIC.length; i++) {
            if (fixed.get(i) != MAGIC[i]) {
                throw InputException.data("%s: is no file of numpy.save: its first bytes are others", path);
            }
        }
        boolean first = fixed.get(MAGIC.length) == 1;
        long length = first ? Short.toUnsignedInt(fixed.getShort(8)) : Integer.toUnsignedLong(fixed.getInt(8));
        long at = first ? FIXED : FIXED + 2;
        if (length > LONGEST_HEADER) {
            throw InputException.data("%s: its header has %d bytes: save it again", path, length);
        }
        String header =
                StandardCharsets.UTF_8.decode(bytes(file, at, (int) length)).toString();
        String descr = entry(path, header, DESCR);
        DType dtype = TYPES.get(descr);
        if (dtype == null || entry(path, header, ORDER).equals("True")) {
            throw InputException.data(
                    "%s: holds numbers of type %s%s, expected float16, float32 or float64 row by row: save"
                            + " numpy.ascontiguousarray(a, dtype='<f4')",
                    path, descr, dtype == null ? "" : " column by column");
        }
        long[] shape = Stream.of(entry(path, header, SHAPE).split(","))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        int size = TensorChoice.rows(path, "array", descr + " " + TensorChoice.text(shape), shape, width);
        long begin = at + length;
        if (file.size() - begin < (long) size * width * dtype.bytes()) {
            throw new EOFException();
        }
        return new NpyVectors(path, file, dtype, begin, size, width);
    }

    private static String entry(Path path, String header, Pattern pattern) {
        Matcher found = pattern.matcher(header);
        if (!found.find()) {
            throw InputException.data("%s: its header is none of numpy.save: save it again", path);
        }
        return found.group(1);
    }

    private static ByteBuffer bytes(FileChannel file, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    @Override
    public float[] vector(int row) {
        try {
            ByteBuffer bytes = bytes(file, begin + (long) row * width * dtype.bytes(), width * dtype.bytes());
            float[] vector = new float[width];
            for (int i = 0; i < width; i++) {
                vector[i] = switch (dtype) {
                    case F64 -> (float) bytes.getDouble();
                    case F16 -> HalfFloats.fromF16(bytes.getShort());
                    default -> bytes.getFloat();
                };
            }
            return vector;
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", path, FileFault.of(e));
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be closed: %s", path, FileFault.of(e));
        }
    }
}
