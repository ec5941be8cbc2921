package dev.nla.cli.bench;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a large dataset costs: a made one is written, opened, its mean taken from the index and from the vectors, and the neighbours of
 * some of its rows are searched among all.
 *
 * @param rows of the dataset
 * @param width numbers a row
 * @param queries rows whose neighbours are searched
 * @param k neighbours a row
 * @param shardRows most rows of a shard
 */
public record DatasetBench(int rows, int width, int queries, int k, int shardRows) {
    private static final String TEXT = "A made text about as long as the passages that activations are taken from. ";

    /** One measurement, in a temporary folder that takes about {@code rows * (4 * width + 400)} bytes. */
    public Measurement run(long seed) {
        Map<String, Double> phases = new LinkedHashMap<>();
        try (BenchFolder folder = BenchFolder.empty()) {
            Path at = folder.dataset();
            timed(phases, "write", () -> write(at, seed));
            timed(phases, "open", () -> ActivationDataset.open(at).close());
            try (ActivationDataset dataset = ActivationDataset.open(at)) {
                timed(phases, "mean", () -> dataset.mean(Split.TRAIN));
                timed(phases, "mean_of_vectors", () -> dataset.mean(dataset.rowsOf(Split.TRAIN)));
                timed(phases, "rows", () -> dataset.rows().forEach(row -> {}));
                timed(phases, "neighbors", () -> search(dataset));
            }
        }
        double seconds =
                phases.values().stream().mapToDouble(Double::doubleValue).sum();
        double searched = phases.get("neighbors");
        return new Measurement(
                seconds,
                Map.of("rows_written_per_s", rows / phases.get("write"), "queries_per_s", queries / searched),
                phases);
    }

    private static void timed(Map<String, Double> phases, String name, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        phases.put(name, (System.nanoTime() - begin) / 1e9);
    }

    private void write(Path folder, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DatasetWriter.write(
                folder,
                DatasetSidecar.of("bench", rows, "bench", width, 0, Map.of()),
                IntStream.range(0, rows)
                        .mapToObj(i -> new LabelledActivation(row(i), vector(random)))
                        .iterator(),
                shardRows);
    }

    private static Row row(int i) {
        String id = "row-" + i;
        Split split = i % 10 < 8 ? Split.TRAIN : i % 10 == 8 ? Split.VALIDATION : Split.TEST;
        return new Row(id, id, TEXT.repeat(3), 50, 48, "made", "made", "", Map.of("number", i), split);
    }

    private float[] vector(SplittableRandom random) {
        float[] vector = new float[width];
        for (int k = 0; k < width; k++) {
            vector[k] = (random.nextInt() >> 8) * 0x1p-23f;
        }
        return vector;
    }

    private void search(ActivationDataset dataset) {
        int[] asked = IntStream.range(0, queries)
                .map(i -> (int) ((long) i * rows / queries))
                .toArray();
        try (NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice())) {
            new NeighborSearch(manager)
                    .nearest(dataset, asked, IntStream.range(0, rows).toArray(), k, Optional.empty());
        }
    }
}
