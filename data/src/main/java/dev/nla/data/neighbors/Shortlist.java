package dev.nla.data.neighbors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import java.util.Arrays;

/**
 * The candidates with the largest cosines of each query, in float32. Blocks of queries are multiplied with blocks of candidates; where
 * queries and candidates are the same rows, each pair of blocks only once, for both sides. Memory: two blocks of {@value #BLOCK} vectors,
 * their products, and {@code width} numbers a query.
 */
final class Shortlist implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final NDManager manager;
    private final int width;
    /** Cosines of each query's best candidates, largest first, [Q, width]. */
    private final NDArray cosines;
    /** Where these stand among the candidates, [Q, width]; meaningless where the cosine is minus infinity. */
    private final NDArray places;

    private Shortlist(NDManager parent, int queries, int width) {
        this.manager = parent.newSubManager();
        this.width = width;
        this.cosines = manager.full(new Shape(queries, width), Float.NEGATIVE_INFINITY, DataType.FLOAT32);
        this.places = manager.zeros(new Shape(queries, width), DataType.INT32);
    }

    /**
     * Finds them; the caller closes the list.
     *
     * @param kernels those of neighbors.py
     * @param width candidates a query; queries that are candidates find themselves too
     */
    static Shortlist of(
            NDManager parent, KernelModule kernels, UnitVectors units, int[] queries, int[] candidates, int width) {
        Shortlist list = new Shortlist(parent, queries.length, width);
        boolean same = Arrays.equals(queries, candidates);
        for (int from = 0; from < queries.length; from += BLOCK) {
            try (NDManager block = list.manager.newSubManager()) {
                NDArray left = block(block, kernels, units, queries, from);
                for (int start = same ? from : 0; start < candidates.length; start += BLOCK) {
                    list.meet(kernels, units, left, from, candidates, start, same && start > from);
                }
            }
        }
        return list;
    }

    private void meet(
            KernelModule kernels,
            UnitVectors units,
            NDArray left,
            int from,
            int[] candidates,
            int start,
            boolean bothWays) {
        try (NDManager inner = left.getManager().newSubManager();
                KernelInputs inputs = new KernelInputs(inner)) {
            NDArray right = block(inner, kernels, units, candidates, start);
            inputs.array("left", left).array("right", right);
            inputs.number("left_begin", from).number("right_begin", start).flag("both", bothWays);
            inputs.array("values", cosines).array("places", places);
            kernels.infer(inner, "meet", inputs);
        }
    }

    private static NDArray block(NDManager scope, KernelModule kernels, UnitVectors units, int[] rows, int from) {
        int to = Math.min(rows.length, from + BLOCK);
        try (KernelInputs inputs = new KernelInputs(scope)) {
            inputs.floats("rows", units.raw(rows, from, to), to - from, units.dimension());
            inputs.floats("center", units.center(), units.dimension());
            return kernels.infer(scope, "units", inputs).singletonOrThrow();
        }
    }

    /** Candidates a query. */
    int width() {
        return width;
    }

    /** The lists of queries {@code from} to {@code to - 1}, one after the other: cosines, largest first. */
    float[] cosines(int from, int to) {
        try (NDArray rows = cosines.get(from + ":" + to)) {
            return rows.toFloatArray();
        }
    }

    /** The same lists as places among the candidates. */
    int[] places(int from, int to) {
        try (NDArray rows = places.get(from + ":" + to)) {
            return rows.toIntArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
