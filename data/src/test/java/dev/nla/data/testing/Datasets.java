package dev.nla.data.testing;

import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes datasets of given vectors: row i has id {@code row-i} and document {@code doc-i}; splits take turns. */
public final class Datasets {
    private Datasets() {}

    /** The row of a number. */
    public static Row row(int i) {
        return new Row(
                "row-" + i,
                "doc-" + i,
                "text " + i,
                0,
                2,
                i % 2 == 0 ? "even" : "odd",
                "group",
                "description " + i,
                Map.of("number", i),
                Split.values()[i % 3]);
    }

    /** A row a vector. */
    public static List<LabelledActivation> labelled(float[][] vectors) {
        return IntStream.range(0, vectors.length)
                .mapToObj(i -> new LabelledActivation(row(i), vectors[i]))
                .toList();
    }

    /** The sidecar of a dataset of this size. */
    public static DatasetSidecar sidecar(int rows, int dimension) {
        return DatasetSidecar.of("test", rows, "test-model", dimension, 3, Map.of());
    }

    /** Writes a dataset of these vectors, [N][d]. */
    public static void write(Path folder, float[][] vectors) {
        write(folder, vectors, ShardPlan.SHARD_ROWS);
    }

    /** Writes it in shards of so many rows. */
    public static void write(Path folder, float[][] vectors, int shardRows) {
        DatasetWriter.write(
                folder,
                sidecar(vectors.length, vectors[0].length),
                labelled(vectors).iterator(),
                shardRows);
    }
}
