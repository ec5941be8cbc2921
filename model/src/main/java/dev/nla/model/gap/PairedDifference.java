package dev.nla.model.gap;

import dev.nla.model.InputException;

/**
 * Two systems, or a system and a control, compared text by text. What texts have in common falls out, so the interval is narrower than
 * those of the two alone.
 *
 * @param difference mean of first minus second
 * @param ci95 bootstrap interval of that mean over texts
 * @param firstAhead the part of the texts where the first is larger, ties counting half
 */
public record PairedDifference(double difference, Interval ci95, double firstAhead) {
    /** Compares two values a text, [N] each, of the same texts in the same order. */
    public static PairedDifference of(double[] first, double[] second, Bootstrap bootstrap) {
        if (first.length != second.length) {
            throw InputException.data(
                    "%d texts against %d: a paired comparison needs the same texts in the same order",
                    first.length, second.length);
        }
        double[] differences = new double[first.length];
        double ahead = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first[i] - second[i];
            ahead += 0.5 + 0.5 * Math.signum(differences[i]);
        }
        return new PairedDifference(
                GapScores.mean(differences), bootstrap.interval95(differences), ahead / differences.length);
    }
}
