package dev.nla.data.neighbors;

import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.Activations;
import dev.nla.model.InputException;
import dev.nla.model.torch.KernelModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Exact nearest neighbours by cosine. A {@link Shortlist} is made in float32; what on it can be among the nearest is then ranked by
 * cosines in double precision, so that the result depends neither on block sizes nor on threads. Queries whose list is too short to be
 * sure get a longer one.
 */
public final class NeighborSearch {
    /** What a shortlist holds beside the neighbours asked for and the query itself, to see that nothing else comes near. */
    private static final int MARGIN = 11;
    /** How much longer the list of a query gets that has more near candidates than fit. */
    private static final int WIDENING = 8;
    /** Numbers in a shortlist; where there would be more, the queries are gone through in parts. */
    private static final int MOST_ENTRIES = 1 << 25;
    /** Queries that are ranked at a time. */
    private static final int RANKED = 4096;

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
        try (KernelModule kernels = KernelModule.load(manager, NeighborSearch.class, "neighbors", Map.of())) {
            int[] open = IntStream.range(0, queries.length).toArray();
            for (int width = k + 1 + MARGIN; open.length > 0; width = Math.multiplyExact(width, WIDENING)) {
                open = search(kernels, units, candidates, Math.min(width, candidates.length), found, open);
            }
        }
        return found;
    }

    private static void checkEnough(int[] queries, int[] candidates, int k) {
        if (k < 1) {
            throw InputException.usage("%d neighbours a row: at least 1 was expected", k);
        }
        BitSet among = new BitSet();
        Arrays.stream(candidates).forEach(among::set);
        boolean self = Arrays.stream(queries).anyMatch(among::get);
        int needed = self ? k + 1 : k;
        if (candidates.length < needed) {
            throw InputException.data(
                    "%d nearest neighbours need at least %d rows, here are %d: ask for fewer or add rows",
                    k, needed, candidates.length);
        }
    }

    /**
     * Fills in the neighbours of the open queries.
     *
     * @return the queries for which {@code width} candidates were too few
     */
    private int[] search(
            KernelModule kernels, UnitVectors units, int[] candidates, int width, Neighbors found, int[] open) {
        int part = Math.max(1, MOST_ENTRIES / width);
        Ranking ranking = new Ranking(units, candidates, found);
        List<Integer> stillOpen = new ArrayList<>();
        for (int begin = 0; begin < open.length; begin += part) {
            int[] which = Arrays.copyOfRange(open, begin, Math.min(open.length, begin + part));
            int[] rows = Arrays.stream(which).map(i -> found.queries()[i]).toArray();
            try (Shortlist list = Shortlist.of(manager, kernels, units, rows, candidates, width)) {
                for (int from = 0; from < which.length; from += RANKED) {
                    stillOpen.addAll(ranking.settle(list, which, from, Math.min(which.length, from + RANKED)));
                }
            }
        }
        return stillOpen.stream().mapToInt(Integer::intValue).toArray();
    }
}
