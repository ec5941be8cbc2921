package dev.nla.data.neighbors;

import java.util.Arrays;

/**
 * The nearest rows of some rows, nearest first; of equally near ones the lower row number stands first.
 *
 * @param queries the rows asked for, [Q]
 * @param nearest row numbers of the nearest rows of each, never the row itself, [Q][k]
 * @param cosines their cosines, [Q][k]
 */
public record Neighbors(int[] queries, int[][] nearest, float[][] cosines) {
    /** Checks that the three agree in length. */
    public Neighbors {
        if (queries.length != nearest.length || queries.length != cosines.length) {
            throw new IllegalArgumentException(
                    queries.length + " queries, " + nearest.length + " neighbours, " + cosines.length + " cosines");
        }
        for (int i = 0; i < nearest.length; i++) {
            if (nearest[i].length != nearest[0].length || cosines[i].length != nearest[0].length) {
                throw new IllegalArgumentException("query " + i + " has another number of neighbours");
            }
        }
    }

    /** How many neighbours each row has; 0 where no row was asked for. */
    public int k() {
        return nearest.length == 0 ? 0 : nearest[0].length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Neighbors that
                && Arrays.equals(queries, that.queries)
                && Arrays.deepEquals(nearest, that.nearest)
                && Arrays.deepEquals(cosines, that.cosines);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(queries) + Arrays.deepHashCode(nearest);
    }

    @Override
    public String toString() {
        return "Neighbors[" + queries.length + " rows, k=" + k() + "]";
    }
}
