package dev.nla.data.dataset.index;

import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.gap.CenteringMean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The index of a dataset in shards: which rows stand in which files, the SHA-256 of each, and the mean of the train rows. It is replaced
 * as a whole, so that a dataset is always as one index says; its own SHA-256 tells the dataset from others.
 *
 * @param dimension length of an activation
 * @param version of the rows, which counts how often they were written
 * @param table what is kept of every row in memory, as RowTable writes it
 * @param mean of the train rows, where there are any
 * @param shards in the order of the rows
 */
public record ShardIndex(
        int dimension, int version, StoredFile table, Optional<CenteringMean> mean, List<Shard> shards) {
    public static final String NAME = "activations.safetensors.index.json";

    public ShardIndex {
        shards = List.copyOf(shards);
    }

    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /**
     * Reads the index of a dataset's folder.
     *
     * @throws InputException where a key is missing or wrong, or rows are in no shard or in two
     */
    public static ShardIndex read(Path folder) {
        return IndexJson.read(folder.resolve(NAME));
    }

    public void write(Path folder) {
        AtomicFiles.write(folder.resolve(NAME), IndexJson.text(this));
    }

    /** How many rows the shards hold. */
    public int rows() {
        Shard last = shards.get(shards.size() - 1);
        return last.firstRow() + last.rowCount();
    }

    /** The plan by which these shards were cut. */
    public ShardPlan plan() {
        return new ShardPlan(rows(), shards.get(0).rowCount());
    }

    /** Every file that the index names. */
    public List<StoredFile> files() {
        return Stream.concat(
                        Stream.of(table),
                        shards.stream().flatMap(shard -> Stream.of(shard.activations(), shard.rows())))
                .toList();
    }

    /** Tells the rows and their splits apart from others. */
    public String rowsSha256() {
        return Sha256.ofTexts(rowsFiles().stream().map(StoredFile::sha256).toList());
    }

    public List<StoredFile> rowsFiles() {
        return shards.stream().map(Shard::rows).toList();
    }
}
