package dev.nla.data.neighbors;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Ranks shortlists by cosines in double precision. */
final class Ranking {
    /** Twice the error that is allowed for: the products of unit vectors in float32 are off by about 1e-6. */
    static final float SLACK = 2e-5f;

    private final UnitVectors units;
    private final int[] candidates;
    private final Neighbors found;

    Ranking(UnitVectors units, int[] candidates, Neighbors found) {
        this.units = units;
        this.candidates = candidates;
        this.found = found;
    }

    private record Near(int row, double cosine) {}

    /**
     * Ranks a part of the list into the result.
     *
     * @param which entries of the result that the list's queries are
     * @param from the first query of the part
     * @return entries that stay open, since more candidates come near than their list holds
     */
    List<Integer> settle(Shortlist list, int[] which, int from, int to) {
        float[] cosines = list.cosines(from, to);
        int[] places = list.places(from, to);
        int width = list.width();
        return IntStream.range(from, to)
                .parallel()
                .filter(i -> !settle(which[i], cosines, places, (i - from) * width, width))
                .mapToObj(i -> which[i])
                .toList();
    }

    /** Whether the query's list, which begins at {@code begin}, was long enough to rank its neighbours. */
    private boolean settle(int query, float[] cosines, int[] places, int begin, int width) {
        int[] others = others(found.queries()[query], cosines, places, begin, begin + width);
        float bar = cosines[others[found.k() - 1]] - SLACK;
        boolean enough = width == candidates.length || cosines[begin + width - 1] < bar;
        if (enough) {
            rank(query, IntStream.of(others).filter(k -> cosines[k] >= bar).map(k -> candidates[places[k]]));
        }
        return enough;
    }

    /** Entries of a list, best first, that are not the query itself. */
    private int[] others(int query, float[] cosines, int[] places, int begin, int end) {
        return IntStream.range(begin, end)
                .filter(k -> cosines[k] != Float.NEGATIVE_INFINITY && candidates[places[k]] != query)
                .toArray();
    }

    private void rank(int at, IntStream rows) {
        double[] own = units.exact(found.queries()[at]);
        List<Near> near = rows.mapToObj(row -> new Near(row, units.cosine(own, row)))
                .sorted(Comparator.comparingDouble(Near::cosine).reversed().thenComparing(Near::row))
                .toList();
        for (int rank = 0; rank < found.k(); rank++) {
            found.nearest()[at][rank] = near.get(rank).row();
            found.cosines()[at][rank] = (float) near.get(rank).cosine();
        }
    }
}
