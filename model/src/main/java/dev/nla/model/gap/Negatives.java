package dev.nla.model.gap;

import dev.nla.model.InputException;
import java.util.SplittableRandom;

/**
 * For each row the rows its reconstruction must beat. Checked when made: one number of them in every row, all in [0, N), none the
 * row itself, none twice. Not copied; must not change.
 *
 * @param rows [N][k]
 */
public record Negatives(int[][] rows) {
    /** Checks numbers and ranges. */
    public Negatives {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length == 0 || rows[i].length != rows[0].length) {
                throw InputException.data(
                        "negatives of row %d: %d of them, expected %s",
                        i, rows[i].length, rows[0].length == 0 ? "at least 1" : rows[0].length + " as in row 0");
            }
            checkRow(i, rows[i], rows.length);
        }
    }

    /** Negatives a row, k. */
    public int width() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    /** The accuracy of a guess that knows nothing, if target and negatives were alike: 1 / (k + 1). */
    public double chance() {
        return 1.0 / (width() + 1);
    }

    /**
     * Draws {@code count} of each row's negatives without repetition. The draw of a row depends only on {@code seed}, the row's
     * number and its list, so a shorter file draws the same.
     */
    public Negatives draw(int count, long seed) {
        if (count < 1 || count > width()) {
            throw InputException.data(
                    "%d negatives a row asked from %d neighbours: give more rows or ask for fewer", count, width());
        }
        long base = new SplittableRandom(seed).nextLong();
        int[][] drawn = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            drawn[i] = firstOfShuffled(rows[i], count, new SplittableRandom(base + i));
        }
        return new Negatives(drawn);
    }

    private static int[] firstOfShuffled(int[] from, int count, SplittableRandom random) {
        int[] pool = from.clone();
        int[] first = new int[count];
        for (int k = 0; k < count; k++) {
            int pick = random.nextInt(k, pool.length);
            first[k] = pool[pick];
            pool[pick] = pool[k];
        }
        return first;
    }

    private static void checkRow(int row, int[] negatives, int size) {
        for (int k = 0; k < negatives.length; k++) {
            int negative = negatives[k];
            if (negative < 0 || negative >= size || negative == row) {
                throw InputException.data(
                        "negatives of row %d: %d, expected another row between 0 and %d", row, negative, size - 1);
            }
            for (int before = 0; before < k; before++) {
                if (negatives[before] == negative) {
                    throw InputException.data("negatives of row %d: %d stands there twice", row, negative);
                }
            }
        }
    }
}
