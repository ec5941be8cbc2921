package dev.nla.data.extract.resume;

import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.index.ShardPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors in files, each at its row's place: the shards of the dataset as they will be, or {@code activations.f32} (little-endian float32
 * and nothing else) of one that is not in shards.
 */
final class PlacedVectors implements AutoCloseable {
    private final int dimension;
    private final int fileRows;
    private final List<FileChannel> files = new ArrayList<>();
    private final List<Integer> headers = new ArrayList<>();

    private PlacedVectors(int dimension, int fileRows) {
        this.dimension = dimension;
        this.fileRows = fileRows;
    }

    static PlacedVectors open(Path folder, int dimension, ShardPlan plan) throws IOException {
        PlacedVectors placed = new PlacedVectors(dimension, plan.sharded() ? plan.shardRows() : Integer.MAX_VALUE);
        try {
            for (int shard = 0; shard < plan.shards(); shard++) {
                byte[] header = plan.sharded() ? DatasetWriter.header(plan, shard, dimension) : new byte[0];
                placed.add(folder.resolve(plan.sharded() ? plan.activations(shard) : "activations.f32"), header);
            }
        } catch (IOException e) {
            placed.close();
            throw e;
        }
        return placed;
    }

    private void add(Path path, byte[] header) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        files.add(file);
        headers.add(header.length);
        write(file, ByteBuffer.wrap(header), 0);
    }

    /** Writes the vector of a row. */
    void write(int row, ByteBuffer vector) throws IOException {
        write(files.get(row / fileRows), vector, offset(row));
    }

    /** Fills the buffer with the vector of a row; false where the file ends before. */
    boolean read(int row, ByteBuffer into) throws IOException {
        long at = offset(row);
        while (into.hasRemaining()) {
            int read = files.get(row / fileRows).read(into, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    private long offset(int row) {
        return headers.get(row / fileRows) + (long) (row % fileRows) * dimension * Float.BYTES;
    }

    private static void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
