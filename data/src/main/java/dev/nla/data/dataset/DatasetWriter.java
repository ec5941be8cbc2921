package dev.nla.data.dataset;

import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.model.InputException;
import dev.nla.model.files.NewFolder;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.FloatSink;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.sidecar.DatasetSidecar;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a dataset row by row into a folder of another name, which gets its own once everything has been read back. */
public final class DatasetWriter {
    static final Map<String, String> METADATA = Map.of("format", "pt");

    private DatasetWriter() {}

    /**
     * Writes a whole dataset, of more than {@link ShardPlan#SHARD_ROWS} rows in shards; nothing of it is seen under {@code output} if this
     * fails. One process at a time writes it; what a killed one left half-written is cleared away by the next.
     *
     * @param output the folder to make; one that is there must be empty
     * @param sidecar says how many rows there are and how long an activation is
     * @param rows every row in order, asked for one at a time
     * @throws InputException where {@code output} holds something, an id comes twice, an activation has another length or holds NaN or
     *     infinity, the file system refuses, or what was written cannot be read back
     * @throws IllegalStateException where there are more or fewer rows than the sidecar says
     */
    public static void write(Path output, DatasetSidecar sidecar, Iterator<LabelledActivation> rows) {
        write(output, sidecar, rows, ShardPlan.SHARD_ROWS);
    }

    /**
     * Writes a dataset as {@link #write(Path, DatasetSidecar, Iterator)} does.
     *
     * @param shardRows most rows of a shard
     */
    public static void write(Path output, DatasetSidecar sidecar, Iterator<LabelledActivation> rows, int shardRows) {
        ShardPlan plan = plan(sidecar, shardRows);
        Pass pass = new Pass(sidecar.dModel(), new HashSet<>());
        make(output, sidecar, plan, (folder, shard) -> {
            long[] shape = {plan.rowCount(shard), sidecar.dModel()};
            boolean last = shard == plan.shards() - 1;
            try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve(plan.rows(shard)))) {
                TensorToWrite tensor = TensorToWrite.streamed(ActivationDataset.TENSOR, DType.F32, shape, sink -> {
                    for (int i = 0; rows.hasNext() && (last || i < plan.rowCount(shard)); i++) {
                        pass.take(rows.next(), sink, lines);
                    }
                });
                SafetensorsWriter.write(folder.resolve(plan.activations(shard)), METADATA, List.of(tensor));
            }
        });
    }

    /**
     * Writes a dataset in shards whose activations are written already: their files get a second name in the output, or are copied where the
     * file system has no such names.
     *
     * @param plan of more than one shard
     * @param rows every row in order, asked for one at a time
     * @param activations the folder of the files, called as the plan calls them; they must not be written to again
     */
    public static void adopt(
            Path output, DatasetSidecar sidecar, ShardPlan plan, Iterator<Row> rows, Path activations) {
        Set<String> ids = new HashSet<>();
        make(output, sidecar, plan, (folder, shard) -> {
            link(activations.resolve(plan.activations(shard)), folder.resolve(plan.activations(shard)));
            try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve(plan.rows(shard)))) {
                for (int i = 0; i < plan.rowCount(shard); i++) {
                    Row row = rows.next();
                    requireNew(ids, row);
                    RowsFile.append(lines, row);
                }
            }
        });
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What stands in a shard's file of activations before its vectors. */
    public static byte[] header(ShardPlan plan, int shard, int dimension) {
        return SafetensorsWriter.header(
                METADATA, ActivationDataset.TENSOR, DType.F32, new long[] {plan.rowCount(shard), dimension});
    }

    /** Writes a shard into the folder. */
    private interface ShardWriter {
        void write(Path folder, int shard) throws IOException;
    }

    private static void make(Path output, DatasetSidecar sidecar, ShardPlan plan, ShardWriter writer) {
        checkFree(output);
        NewFolder.make(
                output,
                folder -> {
                    sidecar.write(DatasetSidecar.fileOf(folder));
                    for (int shard = 0; shard < plan.shards(); shard++) {
                        writer.write(folder, shard);
                    }
                    if (plan.sharded()) {
                        IndexMaker.of(folder, plan, sidecar.dModel()).write(folder);
                    }
                },
                DatasetWriter::check);
    }

    private static ShardPlan plan(DatasetSidecar sidecar, int shardRows) {
        return new ShardPlan(Math.toIntExact(sidecar.rowCount()), shardRows);
    }

    /** An {@link InputException} where {@code output} is a file, or a folder with something in it. */
    public static void checkFree(Path output) {
        if (ActivationDataset.isAt(output)) {
            throw InputException.data(
                    "%s: holds a dataset already: delete it or choose another folder for the output", output);
        }
        NewFolder.requireFree(output);
    }

    /** Reads what was written, row by row; the activations were read back when their files got their names, rows of shards for the index. */
    private static void check(Path folder) {
        if (ShardIndex.isIn(folder)) {
            ActivationDataset.open(folder).close();
            return;
        }
        DatasetSidecar sidecar = DatasetSidecar.read(DatasetSidecar.fileOf(folder));
        int rows = RowsFile.forEach(folder.resolve(RowsFile.NAME), row -> {});
        if (rows != sidecar.rowCount()) {
            throw InputException.data("%s: has %d rows of %d", RowsFile.NAME, rows, sidecar.rowCount());
        }
    }

    private static void requireNew(Set<String> ids, Row row) {
        if (!ids.add(row.id())) {
            throw InputException.data("row '%s' comes twice: ids must be unique", row.id());
        }
    }

    /** One pass over the rows: each goes to both files at once. */
    private record Pass(int dimension, Set<String> ids) {
        void take(LabelledActivation labelled, FloatSink sink, BufferedWriter lines) throws IOException {
            Row row = labelled.row();
            float[] values = labelled.activation();
            requireNew(ids, row);
            if (values.length != dimension) {
                throw InputException.data(
                        "row '%s' has %d numbers where %d were expected", row.id(), values.length, dimension);
            }
            for (int i = 0; i < dimension; i++) {
                if (!Float.isFinite(values[i])) {
                    throw InputException.data("row '%s' holds %s at element %d", row.id(), values[i], i);
                }
            }
            sink.write(values);
            RowsFile.append(lines, row);
        }
    }
}
