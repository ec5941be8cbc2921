package dev.nla.data.extract.resume;

import dev.nla.data.dataset.index.ShardPlan;
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
 * The vectors extracted so far, each at its row's place in {@link PlacedVectors its file}, and {@code journal.txt}: a
 * line {@code BATCH CRC32} a finished batch. A batch counts only if its vectors have that checksum, so that neither a kill nor a power
 * failure can pass off missing vectors as finished, and nothing has to be forced to disk on the way.
 */
public final class PartialActivations implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("(\\d{1,9}) ([0-9a-f]{8})");

    private final Path folder;
    private final int dimension;
    private final PlacedVectors vectors;
    private final FileChannel journal;

    private PartialActivations(Path folder, int dimension, PlacedVectors vectors, FileChannel journal) {
        this.folder = folder;
        this.dimension = dimension;
        this.vectors = vectors;
        this.journal = journal;
    }

    static PartialActivations open(Path folder, int dimension, ShardPlan plan) throws IOException {
        PlacedVectors vectors = PlacedVectors.open(folder, dimension, plan);
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
                vectors.write(rows[i], buffer.duplicate());
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
        if (!read(row, buffer)) {
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
            if (!read(row, buffer.clear())) {
                return "";
            }
            checksum.update(buffer.flip());
        }
        return shown(checksum);
    }

    private ByteBuffer buffer() {
        return ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean read(int row, ByteBuffer buffer) {
        try {
            return vectors.read(row, buffer);
        } catch (IOException e) {
            throw InputException.data(e, "%s: the activations cannot be read: %s", folder, FileFault.of(e));
        }
    }

    private static String shown(CRC32 checksum) {
        return String.format("%08x", checksum.getValue());
    }
}
