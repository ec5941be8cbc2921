package dev.nla.data.dataset;

import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.gap.CenteringMean;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A dataset on disk: a folder of {@code nla_meta.yaml}, {@code rows.jsonl} and {@code activations.safetensors} ({@code activations},
 * float32 [N, d]), or of shards of rows and activations with an index of them. Activations are mapped and read row by row; so are the rows
 * of a dataset in shards, others are in memory. Safe for use by several threads until it is closed.
 */
public final class ActivationDataset implements Activations, AutoCloseable {
    /** The file of the activations of a dataset that is not in shards. */
    public static final String ACTIVATIONS_FILE = ShardPlan.ACTIVATIONS;

    /** The file of its rows. */
    public static final String ROWS_FILE = RowsFile.NAME;

    static final String TENSOR = "activations";

    private final Path folder;
    private final DatasetFiles files;

    private ActivationDataset(Path folder, DatasetFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Opens a dataset and checks that its files belong together. Of one in shards nothing but the index and the table of rows is read.
     *
     * @throws InputException where a file is missing or broken, or they disagree in the number of rows or the length of activations
     */
    public static ActivationDataset open(Path folder) {
        return new ActivationDataset(folder, DatasetFiles.open(folder));
    }

    /** Whether {@code folder} holds a dataset. */
    public static boolean isAt(Path folder) {
        return ShardIndex.isIn(folder)
                || Files.exists(folder.resolve(RowsFile.NAME)) && Files.exists(folder.resolve(ACTIVATIONS_FILE));
    }

    /** The folder it is in. */
    public Path folder() {
        return folder;
    }

    /** What the activations are and where they are from. */
    public DatasetSidecar sidecar() {
        return files.sidecar();
    }

    /** All rows, in the order of the activations; those of a dataset in shards are read anew each time they are looked at. */
    public List<Row> rows() {
        return files.rows().all();
    }

    /** Row {@code row}, from 0. */
    public Row row(int row) {
        return rows().get(row);
    }

    /** The number of the row with this id. */
    public OptionalInt find(String id) {
        return files.rows().find(id);
    }

    /** The numbers of the rows of a split, ascending. */
    public int[] rowsOf(Split split) {
        return files.rows().of(split);
    }

    @Override
    public int size() {
        return rows().size();
    }

    @Override
    public int dimension() {
        return sidecar().dModel();
    }

    /**
     * A fresh copy of row {@code row}, [d].
     *
     * @throws InputException where it holds NaN or infinity
     */
    @Override
    public float[] activation(int row) {
        float[] values = files.vectors().activation(row, dimension());
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw InputException.data(
                        "%s: row '%s' (line %d) holds %s at element %d: extract it again, in float32 if it was not",
                        files.vectors().fileOf(row),
                        row(row).id(),
                        files.vectors().place(row) + 1,
                        values[i],
                        i);
            }
        }
        return values;
    }

    /** The mean activation of a split, [d], see {@link #centering(Split)}. */
    public float[] mean(Split split) {
        return centering(split).vector();
    }

    /**
     * The mean activation of a split, and how far it can be trusted. A dataset in shards has that of its train rows in the index, of others
     * it is computed.
     *
     * @throws InputException where the split has no rows
     */
    public CenteringMean centering(Split split) {
        Optional<CenteringMean> known = files.index().flatMap(ShardIndex::mean);
        if (split == Split.TRAIN && known.isPresent()) {
            return known.get();
        }
        int[] numbers = rowsOf(split);
        if (numbers.length == 0) {
            throw InputException.data(
                    "%s: no row is in split %s: assign splits with `nla data split`", folder, split.label());
        }
        return centering(numbers);
    }

    /** Reads every activation once; an {@link InputException} where one holds NaN or infinity. */
    public void checkFinite() {
        for (int row = 0; row < size(); row++) {
            activation(row);
        }
    }

    /** Reads every file of a dataset in shards; an {@link InputException} where one is not what the index says. Others have no such index. */
    public void verify() {
        files.index().ifPresent(index -> index.files().forEach(file -> file.verified(folder)));
    }

    /** Tells rows and splits apart from others: the SHA-256 of {@code rows.jsonl}, or of those that the index has for its shards. */
    public String rowsSha256() {
        return files.index().map(ShardIndex::rowsSha256).orElseGet(() -> Sha256.of(folder.resolve(ROWS_FILE)));
    }

    /**
     * Tells the whole dataset apart from others: the SHA-256 of the index of its shards, or of {@code rows.jsonl} and
     * {@code activations.safetensors}, all read.
     */
    public String sha256() {
        return files.index().isPresent()
                ? Sha256.of(folder.resolve(ShardIndex.NAME))
                : Sha256.of(folder.resolve(ROWS_FILE), folder.resolve(ACTIVATIONS_FILE));
    }

    /** Tells whatever a run learns from apart from others: the SHA-256 of a file or a folder, of a dataset in shards that of their index. */
    public static String sha256Of(Path data) {
        return Sha256.ofTree(ShardIndex.isIn(data) ? data.resolve(ShardIndex.NAME) : data);
    }

    /** Lets go of the files; activations can no longer be read. */
    @Override
    public void close() {
        files.close();
    }
}
