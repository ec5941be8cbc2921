package dev.nla.model.safetensors;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * One safetensors file, mapped into memory: opening checks the header and reads no data. Files of any size are read; one call returns at
 * most 2^31 elements. Safe for use by several threads until it is closed.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path path;
    private final Header header;
    private final MappedData data;

    private SafetensorsFile(Path path, Header header, MappedData data) {
        this.path = path;
        this.header = header;
        this.data = data;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws InputException when the file is missing, truncated or not what its header says
     */
    public static SafetensorsFile open(Path path) {
        return read(path, channel -> new SafetensorsFile(path, Header.read(path, channel), MappedData.of(channel)));
    }

    /**
     * Checks a file as {@link #open} does and maps nothing, so that it can be renamed on every system.
     *
     * @throws InputException when the file is missing, truncated or not what its header says
     */
    public static void check(Path path) {
        read(path, channel -> Header.read(path, channel));
    }

    private interface Reader<T> {
        T from(FileChannel channel) throws IOException;
    }

    private static <T> T read(Path path, Reader<T> reader) {
        if (Files.isDirectory(path)) {
            throw InputException.data("%s: is a folder, not a safetensors file", path);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return reader.from(channel);
        } catch (NoSuchFileException e) {
            throw InputException.data(e, "%s: there is no such file", path);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", path, FileFault.of(e));
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The {@code __metadata__} strings; empty where the file has none. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /** The tensors' names in the order of their data. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return header.tensors().containsKey(name);
    }

    /** What the tensor holds and where it lies; an {@link InputException} where there is none of this name. */
    public TensorInfo info(String name) {
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw InputException.data(
                    "%s: has no tensor '%s'; it has %s",
                    path, name, NameList.of(header.tensors().keySet()));
        }
        return info;
    }

    /** The tensor of this name, whose dimensions must be these (-1: any). */
    public TensorInfo info(String name, long... shape) {
        TensorInfo info = info(name);
        if (!info.hasShape(shape)) {
            throw InputException.data(
                    "%s: tensor '%s' is %s where the shape %s was expected",
                    path, name, info.describe(), NameList.ofShape(shape));
        }
        return info;
    }

    /** All elements of a floating-point tensor in row-major order, widened (F64: narrowed) to float32. */
    public float[] floats(String name) {
        float[] values = new float[countOf(info(name))];
        floats(name, 0, values);
        return values;
    }

    /** As {@link #floats(String)}, and an {@link InputException} that names the first element that is NaN or infinite. */
    public float[] finiteFloats(String name) {
        float[] values = floats(name);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw InputException.data(
                        "%s: tensor '%s' (%s) holds %s at element %d; only finite numbers are accepted",
                        path, name, info(name).describe(), values[i], i);
            }
        }
        return values;
    }

    /**
     * Reads {@code into.length} elements of a floating-point tensor, as float32.
     *
     * @param name the tensor
     * @param firstElement index of the first element wanted, in row-major order
     * @param into receives the elements
     */
    public void floats(String name, long firstElement, float[] into) {
        TensorInfo info = info(name);
        if (!info.dtype().isFloat()) {
            throw InputException.data(
                    "%s: tensor '%s' is %s where floating-point numbers were expected", path, name, info.describe());
        }
        if (firstElement < 0 || firstElement > info.elements() - into.length) {
            throw new IndexOutOfBoundsException(
                    "elements " + firstElement + " to " + (firstElement + into.length) + " of " + info);
        }
        data.floats(info.dtype(), info.begin() + firstElement * info.dtype().bytes(), into);
    }

    /** All elements of an integer or boolean tensor in row-major order. */
    public long[] longs(String name) {
        TensorInfo info = info(name);
        if (info.dtype().isFloat()) {
            throw InputException.data(
                    "%s: tensor '%s' is %s where integers were expected", path, name, info.describe());
        }
        long[] values = new long[countOf(info)];
        data.longs(info.dtype(), info.begin(), values);
        return values;
    }

    /**
     * The raw little-endian bytes of a range of a tensor, as a read-only view of the mapping (valid until this file is closed).
     *
     * @param name the tensor
     * @param firstByte offset within the tensor
     * @param bytes how many, at most 2^30
     */
    public ByteBuffer bytes(String name, long firstByte, int bytes) {
        TensorInfo info = info(name);
        if (firstByte < 0 || bytes < 0 || firstByte > info.end() - info.begin() - bytes) {
            throw new IndexOutOfBoundsException("bytes " + firstByte + " + " + bytes + " of " + info);
        }
        return data.range(info.begin() + firstByte, bytes);
    }

    /** Lets go of the mapping; later reads throw {@link IllegalStateException}. */
    @Override
    public void close() {
        data.close();
    }

    private int countOf(TensorInfo info) {
        if (info.elements() > Integer.MAX_VALUE - 8) {
            throw InputException.data(
                    "%s: tensor '%s' (%s) is too large to be read at once", path, info.name(), info.describe());
        }
        return (int) info.elements();
    }
}
