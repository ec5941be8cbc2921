package dev.nla.data.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.Activations;
import dev.nla.model.InputException;
import dev.nla.model.torch.TorchRuntime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Protects that the nearest neighbours are the true ones in the right order, checked against a plain double loop. */
class NeighborSearchTest {
    private static NDManager manager;
    private static NeighborSearch search;

    @BeforeAll
    static void open() {
        manager = TorchRuntime.newManager(Device.cpu());
        search = new NeighborSearch(manager);
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    /** Vectors around a common mean, as activations are; the raw cosines are all near one. */
    private static float[][] vectors(long seed, int n, int d, double offset) {
        Random random = new Random(seed);
        float[][] rows = new float[n][d];
        for (float[] row : rows) {
            for (int i = 0; i < d; i++) {
                row[i] = (float) (offset + random.nextGaussian());
            }
        }
        return rows;
    }

    private static float[] mean(float[][] rows) {
        float[] mean = new float[rows[0].length];
        for (int i = 0; i < mean.length; i++) {
            int at = i;
            mean[i] = (float)
                    Arrays.stream(rows).mapToDouble(row -> row[at]).average().orElseThrow();
        }
        return mean;
    }

    private static double cosine(float[] a, float[] b, float[] center) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            double x = (double) a[i] - center[i];
            double y = (double) b[i] - center[i];
            dot += x * y;
            aa += x * x;
            bb += y * y;
        }
        return dot / Math.max(Math.sqrt(aa * bb), 1e-24);
    }

    private static int[] bruteForce(float[][] rows, int query, int[] candidates, int k, float[] center) {
        return Arrays.stream(candidates)
                .filter(row -> row != query)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> -cosine(rows[query], rows[row], center))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void agrees(float[][] rows, int[] queries, int[] candidates, int k, Optional<float[]> center) {
        Neighbors found = search.nearest(Activations.of(rows), queries, candidates, k, center);
        float[] subtracted = center.orElse(new float[rows[0].length]);
        for (int i = 0; i < queries.length; i++) {
            assertThat(found.nearest()[i]).isEqualTo(bruteForce(rows, queries[i], candidates, k, subtracted));
            for (int j = 0; j < k; j++) {
                double exact = cosine(rows[queries[i]], rows[found.nearest()[i][j]], subtracted);
                assertThat((double) found.cosines()[i][j]).isCloseTo(exact, within(1e-6));
            }
        }
    }

    @Test
    void rawAndCentredNeighboursAreThoseOfBruteForce() {
        for (double offset : new double[] {0, 5}) {
            float[][] rows = vectors(1, 300, 24, offset);
            int[] all = IntStream.range(0, 300).toArray();
            agrees(rows, all, all, 20, Optional.empty());
            agrees(rows, all, all, 20, Optional.of(mean(rows)));
        }
    }

    @Test
    void severalBlocksOfQueriesAndCandidatesGiveOneAnswer() {
        float[][] rows = vectors(2, 4500, 8, 3);
        int[] candidates = IntStream.range(0, 4500).toArray();
        int[] queries = IntStream.range(0, 1100).map(i -> i * 4).toArray();
        Neighbors found = search.nearest(Activations.of(rows), queries, candidates, 5, Optional.empty());
        for (int i = 0; i < queries.length; i += 37) {
            assertThat(found.nearest()[i]).isEqualTo(bruteForce(rows, queries[i], candidates, 5, new float[8]));
        }
    }

    @Test
    void blocksThatMeetOnceServeBothSides() {
        for (int n : new int[] {8192, 9001}) {
            float[][] rows = vectors(5, n, 8, 3);
            int[] all = IntStream.range(0, n).toArray();
            Neighbors found = search.nearest(Activations.of(rows), 5, Optional.empty());
            for (int i = 0; i < n; i += 611) {
                assertThat(found.nearest()[i]).isEqualTo(bruteForce(rows, i, all, 5, new float[8]));
            }
        }
    }

    @Test
    void manyNearlyEqualRowsAreAllRanked() {
        float[][] rows = vectors(6, 900, 6, 0);
        Random random = new Random(7);
        for (int i = 100; i < 700; i++) {
            for (int j = 0; j < 6; j++) {
                rows[i][j] = rows[99][j] + 1e-5f * (float) random.nextGaussian();
            }
        }
        int[] all = IntStream.range(0, 900).toArray();
        agrees(rows, all, all, 20, Optional.empty());
    }

    @Test
    void aSubsetSeesOnlyItself() {
        float[][] rows = vectors(3, 120, 16, 1);
        int[] subset = IntStream.range(0, 60).map(i -> 2 * i).toArray();
        agrees(rows, subset, subset, 20, Optional.of(mean(rows)));
        int[] others = IntStream.range(0, 60).map(i -> 2 * i + 1).toArray();
        agrees(rows, others, subset, 60, Optional.empty());
    }

    @Test
    void equallyNearRowsStandInRowOrder() {
        float[][] rows = new float[200][];
        Arrays.setAll(rows, i -> new float[] {1, 2, i % 4 == 0 ? 3 : -3, 0.1f});
        Neighbors found = search.nearest(Activations.of(rows), 10, Optional.empty());
        assertThat(found.nearest()[0]).containsExactly(4, 8, 12, 16, 20, 24, 28, 32, 36, 40);
        assertThat(found.nearest()[8]).containsExactly(0, 4, 12, 16, 20, 24, 28, 32, 36, 40);
        assertThat(found.nearest()[199]).containsExactly(1, 2, 3, 5, 6, 7, 9, 10, 11, 13);
    }

    @Test
    void aVectorAtTheCentreHasCosineZero() {
        float[][] rows = {{1, 1}, {2, 1}, {1, 2}, {0, 0}};
        Neighbors found = search.nearest(Activations.of(rows), 3, Optional.of(new float[] {1, 1}));
        assertThat(found.nearest()[0]).containsExactly(1, 2, 3);
        assertThat(found.cosines()[0]).containsExactly(0, 0, 0);
    }

    @Test
    void tooFewRowsAreRefused() {
        float[][] rows = vectors(4, 20, 4, 0);
        assertThatThrownBy(() -> search.nearest(Activations.of(rows), 20, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("20 nearest neighbours need at least 21 rows, here are 20");
        assertThatThrownBy(() -> search.nearest(Activations.of(rows), 0, Optional.empty()))
                .isInstanceOf(InputException.class);
        assertThat(search.nearest(Activations.of(rows), 19, Optional.empty()).k())
                .isEqualTo(19);
    }
}
