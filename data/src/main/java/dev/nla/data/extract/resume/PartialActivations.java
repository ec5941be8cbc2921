package dev.nla.data.extract.resume;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The vectors extracted so far, each at its row's place in {@code activations.f32} (little-endian float32), and {@code journal.txt}: a
 * line {@code BATCH CRC32} a finished batch. A batch counts only if its vectors have that checksum, so that neither a kill nor a power
 * failure can pass off missing vectors as finished, and nothing has to be forced to disk on the way.
 */
public final class PartialActivations implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("(\\d{1,9}) ([0-9a-f]{8})");

    private final Path folder;
    private final int dimension;
    private final FileChannel vectors;
    private final FileChannel journal;

    private PartialActivations(Path folder, int dimension, FileChannel vectors, FileChannel journal) {
        this.folder = folder;
        this.dimension = dimension;
        this.vectors = vectors;
        this.journal = journal;
    }

    static PartialActivations open(Path folder, int dimension) throws IOException {
        FileChannel vectors = FileChannel.open(
                folder.resolve("activations.f32"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileChannel journal =
                FileChannel.open(folder.resolve("journal.txt"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new PartialActivations(folder, dimension, vectors, journal);
    }

    /**
     * Which batches are finished and sound.
     *
     * @param rows dataset rows of every batch
     */
    public Set<Integer> finished(List<int[]> rows) {
        Set<Integer> finished = new TreeSet<>();
        journal().forEach((batch, checksum) -> {
            if (batch < rows.size() && checksum.equals(checksumOnDisk(rows.get(batch)))) {
                finished.add(batch);
            }
        });
        return finished;
    }

    /** Keeps the vectors of a batch, [rows][d], and enters it in the journal. */
    public void store(int batch, int[] rows, float[][] values) {
        CRC32 checksum = new CRC32();
        ByteBuffer buffer = buffer();
        try {
            for (int i = 0; i < rows.length; i++) {
                buffer.asFloatBuffer().put(values[i]);
                checksum.update(buffer.duplicate());
                writeFully(buffer.duplicate(), offset(rows[i]));
            }
            // The leading line break parts this entry from one that a kill has torn.
            byte[] entry = ("\n" + batch + " " + shown(checksum) + "\n").getBytes(StandardCharsets.US_ASCII);
            journal.write(ByteBuffer.wrap(entry));
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be written: %s: check the free space", folder, FileFault.of(e));
        }
    }

    /** The vector of a row whose batch is finished, [d]. */
    public float[] activation(int row) {
        ByteBuffer buffer = buffer();
        if (!readFully(buffer, offset(row))) {
            throw new IllegalStateException("row " + row + " was read before it was written");
        }
        float[] values = new float[dimension];
        buffer.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    @Override
    public void close() throws IOException {
        try (vectors;
                journal) {
            journal.force(false);
        }
    }

    /** The journal's checksums by batch, the last entry of a batch standing; torn entries are passed over. */
    private Map<Integer, String> journal() {
        Map<Integer, String> entries = new HashMap<>();
        try {
            for (String line : Files.readString(folder.resolve("journal.txt"), StandardCharsets.ISO_8859_1)
                    .split("\n")) {
                Matcher entry = LINE.matcher(line);
                if (entry.matches()) {
                    entries.put(Integer.parseInt(entry.group(1)), entry.group(2));
                }
            }
        } catch (IOException e) {
            throw InputException.data(e, "%s: the journal cannot be read: %s", folder, FileFault.of(e));
        }
        return entries;
    }

    private String checksumOnDisk(int[] rows) {
        CRC32 checksum = new CRC32();
        ByteBuffer buffer = buffer();
        for (int row : rows) {
            if (!readFully(buffer.clear(), offset(row))) {
                return "";
            }
            checksum.update(buffer.flip());
        }
        return shown(checksum);
    }

    private ByteBuffer buffer() {
        return ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long offset(int row) {
        return (long) row * dimension * Float.BYTES;
    }

    private void writeFully(ByteBuffer buffer, long offset) throws IOException {
        long at = offset;
        while (buffer.hasRemaining()) {
            at += vectors.write(buffer, at);
        }
    }

    private boolean readFully(ByteBuffer buffer, long offset) {
        try {
            long at = offset;
            while (buffer.hasRemaining()) {
                int read = vectors.read(buffer, at);
                if (read < 0) {
                    return false;
                }
                at += read;
            }
            return true;
        } catch (IOException e) {
            throw InputException.data(e, "%s: the activations cannot be read: %s", folder, FileFault.of(e));
        }
    }

    private static String shown(CRC32 checksum) {
        return String.format("%08x", checksum.getValue());
    }
}
