package dev.nla.data.neighbors;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code neighbors.safetensors} in a dataset's folder: {@code neighbors-raw} and {@code neighbors-centered}, row numbers, nearest first,
 * I64 [N, k]; {@code cosines-raw} and {@code cosines-centered}, F32 [N, k]. The metadata say among which rows was searched
 * ({@code among}: split or all) and for which rows ({@code rows_sha256}), so that a file which has gone stale is not used.
 */
public final class NeighborFile {
    /** Its name. */
    public static final String NAME = "neighbors.safetensors";

    private NeighborFile() {}

    /** Whether the dataset has such a file. */
    public static boolean isIn(ActivationDataset dataset) {
        return Files.exists(dataset.folder().resolve(NAME));
    }

    /** Writes the file into the dataset's folder, replacing one that is there. */
    public static void write(ActivationDataset dataset, DatasetNeighbors neighbors) {
        Map<String, String> metadata = Map.of(
                "format", "pt",
                "among", neighbors.among().label(),
                "rows_sha256", dataset.rowsSha256());
        SafetensorsWriter.write(
                dataset.folder().resolve(NAME),
                metadata,
                List.of(
                        rows("neighbors-raw", neighbors.raw()),
                        rows("neighbors-centered", neighbors.centered()),
                        cosines("cosines-raw", neighbors.raw()),
                        cosines("cosines-centered", neighbors.centered())));
    }

    /**
     * Reads the file of a dataset.
     *
     * @throws InputException where there is none, it is broken, or the rows or their splits have changed since it was written
     */
    public static DatasetNeighbors read(ActivationDataset dataset) {
        Path path = dataset.folder().resolve(NAME);
        if (!isIn(dataset)) {
            throw InputException.data("%s: is missing: make it with `nla data neighbors`", path);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            if (!dataset.rowsSha256().equals(file.metadata().get("rows_sha256"))) {
                throw InputException.data(
                        "%s: was made for other rows or splits than rows.jsonl has: run `nla data neighbors` again",
                        path);
            }
            Among among = Among.parse(file.metadata().getOrDefault("among", "split"));
            return new DatasetNeighbors(among, read(file, dataset, "raw"), read(file, dataset, "centered"));
        }
    }

    private static Neighbors read(SafetensorsFile file, ActivationDataset dataset, String rule) {
        int n = dataset.size();
        int k = Math.toIntExact(file.info("neighbors-" + rule, n, -1).shape()[1]);
        file.info("cosines-" + rule, n, k);
        long[] rows = file.longs("neighbors-" + rule);
        float[] cosines = file.floats("cosines-" + rule);
        int[][] nearest = new int[n][k];
        float[][] near = new float[n][];
        for (int i = 0; i < n; i++) {
            near[i] = Arrays.copyOfRange(cosines, i * k, (i + 1) * k);
            for (int j = 0; j < k; j++) {
                nearest[i][j] = checked(file, rows[i * k + j], n);
            }
        }
        return new Neighbors(IntStream.range(0, n).toArray(), nearest, near);
    }

    private static int checked(SafetensorsFile file, long row, int rows) {
        if (row < 0 || row >= rows) {
            throw InputException.data("%s: names row %d of %d: run `nla data neighbors` again", file.path(), row, rows);
        }
        return (int) row;
    }

    private static TensorToWrite rows(String name, Neighbors neighbors) {
        long[] flat = Arrays.stream(neighbors.nearest())
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
        return TensorToWrite.longs(name, shape(neighbors), flat);
    }

    private static TensorToWrite cosines(String name, Neighbors neighbors) {
        float[] flat = new float[neighbors.queries().length * neighbors.k()];
        for (int i = 0; i < neighbors.cosines().length; i++) {
            System.arraycopy(neighbors.cosines()[i], 0, flat, i * neighbors.k(), neighbors.k());
        }
        return TensorToWrite.floats(name, shape(neighbors), flat);
    }

    private static long[] shape(Neighbors neighbors) {
        return new long[] {neighbors.queries().length, neighbors.k()};
    }
}
