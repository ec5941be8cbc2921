package dev.nla.cli.bench;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.Activations;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.model.torch.TorchRuntime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Exact nearest neighbours of every row among all. */
public final class NeighborBench {
    private NeighborBench() {}

    /** One search by raw cosine over random rows, after a small one that warms up. */
    public static Measurement run(int rows, int width, int k, long seed) {
        float[][] vectors = new float[rows][];
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            vectors[i] = BenchFolder.vector(random, width);
        }
        try (NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice())) {
            NeighborSearch search = new NeighborSearch(manager);
            search.nearest(
                    Activations.of(Arrays.copyOf(vectors, (int) Math.min(rows, 4L * k + 2))), k, Optional.empty());
            long begin = System.nanoTime();
            search.nearest(Activations.of(vectors), k, Optional.empty());
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Measurement(seconds, Map.of("rows_per_s", rows / seconds), Map.of());
        }
    }
}
