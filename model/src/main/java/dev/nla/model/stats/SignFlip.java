package dev.nla.model.stats;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A permutation test of a paired difference (Fisher, 1935). Were the two alike, then which of them is which would be open in every document:
 * so the sign of each document's summed difference is flipped at random, and the p-value is the part of the flips that brings a
 * difference at least as large, of either sign.
 *
 * @param flips how many; 10,000 where nothing else is asked. No p-value is below 1 / (flips + 1)
 * @param seed decides the flips, whatever the number of processors
 */
public record SignFlip(int flips, long seed) {
    /** Flips where nothing else is asked. */
    public static final int DEFAULT_FLIPS = 10_000;

    /** With no more documents than this all flips are gone through, and the p-value is exact. */
    public static final int MOST_EXACT = 12;

    /** A flip that falls short by less, as a part of all that is summed, is as large: the order of adding moves the last digits. */
    private static final double ROUNDING = 1e-12;

    /** Checks the number of flips. */
    public SignFlip {
        if (flips < 1) {
            throw InputException.usage("sign flips are %d, expected at least 1", flips);
        }
    }

    /**
     * The two-sided p-value of the mean difference over rows.
     *
     * @param metric what the values are, for messages
     * @param documents of the N rows
     * @param first [N], finite
     * @param second [N], finite, of the same rows in the same order
     * @return in (0, 1]; 1 where the two are equal in every document
     * @throws InputException where their number is not N or one is not finite
     */
    public double pValue(String metric, Documents documents, double[] first, double[] second) {
        double[] ofFirst = documents.sums(metric, first);
        double[] ofSecond = documents.sums(metric, second);
        double[] differences = new double[documents.count()];
        Arrays.setAll(differences, i -> ofFirst[i] - ofSecond[i]);
        double bound = Math.abs(Arrays.stream(differences).sum()) - ROUNDING * (size(ofFirst) + size(ofSecond));
        return differences.length <= MOST_EXACT ? exact(differences, bound) : drawn(differences, bound);
    }

    private static double size(double[] sums) {
        return Arrays.stream(sums).map(Math::abs).sum();
    }

    private static double exact(double[] differences, double bound) {
        int all = 1 << differences.length;
        int asLarge = 0;
        for (int signs = 0; signs < all; signs++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += signed(differences[i], signs >>> i);
            }
            asLarge += Math.abs(sum) >= bound ? 1 : 0;
        }
        return (double) asLarge / all;
    }

    /** The difference itself counts as one of the flips (Phipson and Smyth, 2010). */
    private double drawn(double[] differences, double bound) {
        long asLarge = Arrays.stream(DocumentBootstrap.split(flips, seed))
                .parallel()
                .filter(random -> Math.abs(flipped(differences, random)) >= bound)
                .count();
        return (asLarge + 1.0) / (flips + 1.0);
    }

    private static double flipped(double[] differences, SplittableRandom random) {
        double sum = 0;
        long signs = 0;
        for (int i = 0; i < differences.length; i++) {
            signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
            sum += signed(differences[i], signs);
        }
        return sum;
    }

    /** Flipped where the last bit of {@code signs} is 1. */
    private static double signed(double difference, long signs) {
        return difference * (1 - 2 * (signs & 1));
    }
}
