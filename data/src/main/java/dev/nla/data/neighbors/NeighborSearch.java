package dev.nla.data.neighbors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.nla.data.dataset.Activations;
import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Exact nearest neighbours by cosine. Blocks of rows are multiplied in float32; what can be among the nearest is then ranked by cosines
 * in double precision, so that the result depends neither on block sizes nor on threads. Memory: two blocks of {@value #QUERY_BLOCK} and
 * {@value #CANDIDATE_BLOCK} vectors and their products, whatever the number of rows; time: their product.
 */
public final class NeighborSearch {
    private static final int QUERY_BLOCK = 1024;
    private static final int CANDIDATE_BLOCK = 4096;

    private final NDManager manager;

    /** Searches with the engine, on the device, of {@code manager}, which stays the caller's. */
    public NeighborSearch(NDManager manager) {
        this.manager = manager;
    }

    /** The {@code k} nearest rows of every row, among all of them. */
    public Neighbors nearest(Activations activations, int k, Optional<float[]> center) {
        int[] all = IntStream.range(0, activations.size()).toArray();
        return nearest(activations, all, all, k, center);
    }

    /**
     * The {@code k} nearest candidates of every query, never the query itself.
     *
     * @param activations where the rows are, [N, d]
     * @param queries row numbers to find neighbours of
     * @param candidates row numbers that may be neighbours, each once
     * @param k how many, at least 1
     * @param center subtracted from every vector before cosines are taken, [d]; empty for raw cosines
     * @throws InputException where there are fewer than {@code k} candidates besides the query
     */
    public Neighbors nearest(
            Activations activations, int[] queries, int[] candidates, int k, Optional<float[]> center) {
        checkEnough(queries, candidates, k);
        UnitVectors units = new UnitVectors(activations, center);
        Neighbors found = new Neighbors(queries.clone(), new int[queries.length][k], new float[queries.length][k]);
        for (int from = 0; from < queries.length; from += QUERY_BLOCK) {
            int to = Math.min(queries.length, from + QUERY_BLOCK);
            CloseRows[] close = close(units, queries, from, to, candidates, k);
            IntStream.range(from, to).forEach(i -> rank(units, queries[i], close[i % QUERY_BLOCK].rows(), found, i));
        }
        return found;
    }

    private static void checkEnough(int[] queries, int[] candidates, int k) {
        if (k < 1) {
            throw InputException.usage("%d neighbours a row: at least 1 was expected", k);
        }
        Set<Integer> among = Arrays.stream(candidates).boxed().collect(Collectors.toSet());
        boolean self = Arrays.stream(queries).anyMatch(among::contains);
        int needed = self ? k + 1 : k;
        if (candidates.length < needed) {
            throw InputException.data(
                    "%d nearest neighbours need at least %d rows, here are %d: ask for fewer or add rows",
                    k, needed, candidates.length);
        }
    }

    private CloseRows[] close(UnitVectors units, int[] queries, int from, int to, int[] candidates, int k) {
        CloseRows[] close =
                IntStream.range(from, to).mapToObj(i -> new CloseRows(k)).toArray(CloseRows[]::new);
        try (NDManager block = manager.newSubManager()) {
            NDArray left = matrix(block, units, queries, from, to);
            for (int start = 0; start < candidates.length; start += CANDIDATE_BLOCK) {
                int end = Math.min(candidates.length, start + CANDIDATE_BLOCK);
                float[] products = products(left, units, candidates, start, end);
                for (int i = 0; i < close.length; i++) {
                    offer(close[i], queries[from + i], candidates, start, end, products, i * (end - start));
                }
            }
        }
        return close;
    }

    /** Cosines of the left rows with a block of candidates, row after row. */
    private static float[] products(NDArray left, UnitVectors units, int[] candidates, int start, int end) {
        try (NDManager inner = left.getManager().newSubManager();
                NDArray right = matrix(inner, units, candidates, start, end);
                NDArray transposed = right.transpose();
                NDArray products = left.matMul(transposed)) {
            return products.toFloatArray();
        }
    }

    private static NDArray matrix(NDManager manager, UnitVectors units, int[] rows, int from, int to) {
        return manager.create(units.block(rows, from, to), new Shape(to - from, units.dimension()));
    }

    private static void offer(
            CloseRows close, int query, int[] candidates, int start, int end, float[] products, int offset) {
        for (int j = start; j < end; j++) {
            if (candidates[j] != query) {
                close.offer(candidates[j], products[offset + j - start]);
            }
        }
    }

    private static void rank(UnitVectors units, int query, int[] close, Neighbors found, int at) {
        double[] own = units.exact(query);
        double[] cosines = Arrays.stream(close)
                .mapToDouble(row -> dot(own, units.exact(row)))
                .toArray();
        int[] order = IntStream.range(0, close.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -cosines[i]).thenComparing(i -> close[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < found.k(); rank++) {
            found.nearest()[at][rank] = close[order[rank]];
            found.cosines()[at][rank] = (float) cosines[order[rank]];
        }
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
