package dev.nla.reward.negatives;

import dev.nla.model.InputException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws the negatives of a row. One draw serves the whole group of a row, so that its descriptions are compared fairly. */
public sealed interface NegativeDraw {
    /** Different rows, none of them {@code row}; equal seeds and rows draw the same. A seed serves one step of a run. */
    int[] draw(int row, long seed);

    /** Negatives a draw. */
    int count();

    /**
     * Any other row.
     *
     * @param population number of rows
     * @param count negatives a draw
     */
    record AnyRow(int population, int count) implements NegativeDraw {
        /** Checks that there are enough rows. */
        public AnyRow {
            requireCount(count, population - 1, "other rows");
        }

        @Override
        public int[] draw(int row, long seed) {
            return stream(row, seed)
                    .ints(0, population)
                    .filter(other -> other != row)
                    .distinct()
                    .limit(count)
                    .toArray();
        }
    }

    /**
     * One of the nearest rows.
     *
     * @param neighbours [N][n], the nearest rows of each row, itself excluded; not copied
     * @param count negatives a draw
     */
    record Nearest(int[][] neighbours, int count) implements NegativeDraw {
        /** Checks that every row has enough neighbours. */
        public Nearest {
            for (int[] row : neighbours) {
                requireCount(count, row.length, "neighbours");
            }
        }

        @Override
        public int[] draw(int row, long seed) {
            int[] near = neighbours[row];
            return stream(row, seed)
                    .ints(0, near.length)
                    .distinct()
                    .limit(count)
                    .map(k -> near[k])
                    .toArray();
        }
    }

    /**
     * Some of the nearest rows, then some of all others.
     *
     * @param near draws first
     * @param any draws from what is left
     */
    record Mixed(Nearest near, AnyRow any) implements NegativeDraw {
        /** Checks that there are enough rows for both. */
        public Mixed {
            requireCount(near.count() + any.count(), any.population() - 1, "other rows");
        }

        @Override
        public int[] draw(int row, long seed) {
            int[] first = near.draw(row, seed);
            IntStream rest = stream(row, ~seed)
                    .ints(0, any.population())
                    .filter(other -> other != row && IntStream.of(first).noneMatch(taken -> taken == other))
                    .distinct()
                    .limit(any.count());
            return IntStream.concat(IntStream.of(first), rest).toArray();
        }

        @Override
        public int count() {
            return near.count() + any.count();
        }
    }

    private static SplittableRandom stream(int row, long seed) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + row);
    }

    private static void requireCount(int count, int available, String of) {
        if (count < 1 || count > available) {
            throw InputException.usage(
                    "%d negatives a row asked from %d %s: expected 1 to that many", count, available, of);
        }
    }
}
