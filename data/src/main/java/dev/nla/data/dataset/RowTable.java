package dev.nla.data.dataset;

import dev.nla.data.digest.Sha256;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is kept in memory of every row of a dataset in shards, 17 bytes a row, so that the rows themselves can stay on disk.
 *
 * @param begins where each row's line begins in its shard's file of rows, in bytes
 * @param splits the number of each row's split: 0 train, 1 validation, 2 test
 * @param ids the first eight bytes of the SHA-256 of each row's id, the first the highest
 */
record RowTable(long[] begins, byte[] splits, long[] ids) {
    private static final String BEGINS = "line_begin";
    private static final String SPLITS = "split";
    private static final String IDS = "id_hash";

    /** Reads every line of some files of rows, whose rows have these numbers in all. */
    static RowTable scan(List<Path> files, int rows) {
        RowTable table = new RowTable(new long[rows], new byte[rows], new long[rows]);
        int[] next = {0};
        files.forEach(file -> JsonLines.forEach(file, line -> {
            Row row = RowsFile.row(line);
            int number = next[0]++;
            if (number == rows) {
                throw line.error("has more rows than the %d of the dataset", rows);
            }
            table.begins[number] = line.begin();
            table.splits[number] = (byte) row.split().ordinal();
            table.ids[number] = hash(row.id());
        }));
        if (next[0] != rows) {
            throw InputException.data("%s: its files of rows have %d rows of %d", files.get(0), next[0], rows);
        }
        return table;
    }

    void write(Path file) {
        long[] shape = {begins.length};
        SafetensorsWriter.write(
                file,
                DatasetWriter.METADATA,
                List.of(
                        TensorToWrite.longs(BEGINS, shape, begins),
                        TensorToWrite.longs(IDS, shape, ids),
                        TensorToWrite.raw(SPLITS, DType.U8, shape, ByteBuffer.wrap(splits))));
    }

    static RowTable read(Path path, int rows) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : List.of(BEGINS, SPLITS, IDS)) {
                file.info(name, rows);
            }
            byte[] splits = new byte[rows];
            long[] numbers = file.longs(SPLITS);
            for (int i = 0; i < rows; i++) {
                if (numbers[i] < 0 || numbers[i] >= Split.values().length) {
                    throw InputException.data(
                            "%s: %s of row %d is %d: expected 0, 1 or 2", path, SPLITS, i, numbers[i]);
                }
                splits[i] = (byte) numbers[i];
            }
            return new RowTable(file.longs(BEGINS), splits, file.longs(IDS));
        }
    }

    Split split(int row) {
        return Split.values()[splits[row]];
    }

    /** The numbers of the rows of a split, ascending. */
    int[] rowsOf(Split split) {
        return IntStream.range(0, splits.length)
                .filter(row -> splits[row] == split.ordinal())
                .toArray();
    }

    /** The first row that may have this id and, looked at, does. */
    OptionalInt find(String id, IntPredicate has) {
        long hash = hash(id);
        return IntStream.range(0, ids.length)
                .filter(row -> ids[row] == hash)
                .filter(has)
                .findFirst();
    }

    boolean sameSplits(RowTable other) {
        return Arrays.equals(splits, other.splits);
    }

    private static long hash(String id) {
        return ByteBuffer.wrap(Sha256.digest().digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
