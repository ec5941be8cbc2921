package dev.nla.model.gap;

import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * How near one reconstruction lies to its own activation, c, and to those of other rows. All that a gap and a rank are made of: whoever
 * evaluates, trains or serves asks it.
 *
 * @param own c, the cosine with the own activation
 * @param others the cosine with the activation of a row
 */
public record Nearness(double own, IntToDoubleFunction others) {
    /** n, the largest cosine with the activation of one of these rows; -1 where there are none. */
    public double hardest(int[] negatives) {
        double hardest = -1;
        for (int negative : negatives) {
            hardest = Math.max(hardest, others.applyAsDouble(negative));
        }
        return hardest;
    }

    /** The gap against these rows, c - n. */
    public double gap(int[] negatives) {
        return own - hardest(negatives);
    }

    /**
     * The rank of the own activation, 1 at best: 1 plus the number of others at least as near. A tie counts against the reconstruction, and so
     * does a cosine that is not a number.
     *
     * @param rows how many there are
     * @param other whether a row is one of the others
     */
    public int rank(int rows, IntPredicate other) {
        int rank = 1;
        for (int row = 0; row < rows; row++) {
            rank += other.test(row) && !(others.applyAsDouble(row) < own) ? 1 : 0;
        }
        return rank;
    }
}
