package dev.nla.data.dataset;

import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.gap.CenteringMean;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A dataset on disk: a folder of {@code nla_meta.yaml}, {@code rows.jsonl} and {@code activations.safetensors} ({@code activations},
 * float32 [N, d]). Rows are in memory; activations are mapped and read row by row. Safe for use by several threads until it is closed.
 */
public final class ActivationDataset implements Activations, AutoCloseable {
    /** The file of the activations. */
    public static final String ACTIVATIONS_FILE = "activations.safetensors";

    /** The file of the rows. */
    public static final String ROWS_FILE = RowsFile.NAME;

    static final String TENSOR = "activations";

    private final Path folder;
    private final DatasetSidecar sidecar;
    private final List<Row> rows;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final SafetensorsFile file;
    private final int dimension;

    private ActivationDataset(
            Path folder, DatasetSidecar sidecar, List<Row> rows, SafetensorsFile file, int dimension) {
        this.folder = folder;
        this.sidecar = sidecar;
        this.rows = rows;
        this.file = file;
        this.dimension = dimension;
        for (int i = 0; i < rows.size(); i++) {
            numbers.put(rows.get(i).id(), i);
        }
    }

    /**
     * Opens a dataset and checks that its files belong together.
     *
     * @throws InputException where a file is missing or broken, or they disagree in the number of rows or the length of activations
     */
    public static ActivationDataset open(Path folder) {
        checkFiles(folder);
        DatasetSidecar sidecar = DatasetSidecar.read(DatasetSidecar.fileOf(folder));
        List<Row> rows = RowsFile.read(folder.resolve(RowsFile.NAME));
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(ACTIVATIONS_FILE));
        try {
            TensorInfo info = file.info(TENSOR, -1, -1);
            checkAgreement(folder, info, rows.size(), sidecar);
            return new ActivationDataset(folder, sidecar, rows, file, Math.toIntExact(info.shape()[1]));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Whether {@code folder} holds all files of a dataset. */
    public static boolean isAt(Path folder) {
        return Files.exists(folder.resolve(RowsFile.NAME)) && Files.exists(folder.resolve(ACTIVATIONS_FILE));
    }

    private static void checkFiles(Path folder) {
        for (String name : List.of("nla_meta.yaml", RowsFile.NAME, ACTIVATIONS_FILE)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw InputException.data(
                        "%s: %s: a dataset is a folder with nla_meta.yaml, rows.jsonl and activations.safetensors;"
                                + " make one with `nla data extract`",
                        folder, Files.isDirectory(folder) ? name + " is missing" : "there is no such folder");
            }
        }
    }

    private static void checkAgreement(Path folder, TensorInfo info, int rows, DatasetSidecar sidecar) {
        if (info.dtype() != DType.F32) {
            throw InputException.data(
                    "%s: %s: tensor '%s' is %s where F32 was expected",
                    folder, ACTIVATIONS_FILE, TENSOR, info.describe());
        }
        if (info.shape()[0] != rows) {
            throw InputException.data(
                    "%s: rows.jsonl has %d rows but %s holds %s: the files are not of one dataset, extract it again",
                    folder, rows, ACTIVATIONS_FILE, info.describe());
        }
        if (sidecar.rowCount() != rows) {
            throw InputException.data(
                    "%s: nla_meta.yaml says row_count %d but rows.jsonl has %d rows: the files are not of one dataset",
                    folder, sidecar.rowCount(), rows);
        }
        if (info.shape()[1] != sidecar.dModel()) {
            throw InputException.data(
                    "%s: nla_meta.yaml says d_model %d but %s holds %s: the files are not of one dataset, extract it again",
                    folder, sidecar.dModel(), ACTIVATIONS_FILE, info.describe());
        }
    }

    /** The folder it is in. */
    public Path folder() {
        return folder;
    }

    /** What the activations are and where they are from. */
    public DatasetSidecar sidecar() {
        return sidecar;
    }

    /** All rows, in the order of the activations. */
    public List<Row> rows() {
        return rows;
    }

    /** Row {@code row}, from 0. */
    public Row row(int row) {
        return rows.get(row);
    }

    /** The number of the row with this id. */
    public OptionalInt find(String id) {
        Integer number = numbers.get(id);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The numbers of the rows of a split, ascending. */
    public int[] rowsOf(Split split) {
        return IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).split() == split)
                .toArray();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    /**
     * A fresh copy of row {@code row}, [d].
     *
     * @throws InputException where it holds NaN or infinity
     */
    @Override
    public float[] activation(int row) {
        float[] values = new float[dimension];
        file.floats(TENSOR, (long) row * dimension, values);
        for (int i = 0; i < dimension; i++) {
            if (!Float.isFinite(values[i])) {
                throw InputException.data(
                        "%s: row '%s' (line %d) holds %s at element %d: extract it again, in float32 if it was not",
                        file.path(), rows.get(row).id(), row + 1, values[i], i);
            }
        }
        return values;
    }

    /** The mean activation of a split, [d], see {@link #centering(Split)}. */
    public float[] mean(Split split) {
        return centering(split).vector();
    }

    /**
     * The mean activation of a split, and how far it can be trusted.
     *
     * @throws InputException where the split has no rows
     */
    public CenteringMean centering(Split split) {
        int[] numbers = rowsOf(split);
        if (numbers.length == 0) {
            throw InputException.data(
                    "%s: no row is in split %s: assign splits with `nla data split`", folder, split.label());
        }
        return centering(numbers);
    }

    /** Reads every activation once; an {@link InputException} where one holds NaN or infinity. */
    public void checkFinite() {
        for (int row = 0; row < rows.size(); row++) {
            activation(row);
        }
    }

    /** Tells rows and splits apart from others: the SHA-256 of {@code rows.jsonl}. */
    public String rowsSha256() {
        return Sha256.of(folder.resolve(ROWS_FILE));
    }

    /** Tells the whole dataset apart from others: the SHA-256 of {@code rows.jsonl} and {@code activations.safetensors}, all read. */
    public String sha256() {
        return Sha256.of(folder.resolve(ROWS_FILE), folder.resolve(ACTIVATIONS_FILE));
    }

    /** Lets go of the mapping; activations can no longer be read. */
    @Override
    public void close() {
        file.close();
    }
}
