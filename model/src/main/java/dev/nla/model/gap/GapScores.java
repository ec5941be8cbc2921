package dev.nla.model.gap;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The gap before it is averaged, in one form and against one set of negatives. Two systems scored on the same texts are compared text by
 * text from here.
 *
 * @param own [N][G], the cosine of each reconstruction with its row's own activation
 * @param hardest [N][G], its largest cosine with one of the row's negatives
 */
public record GapScores(double[][] own, double[][] hardest) {
    /** Scores every row in {@code form} against {@code negatives}; rows are shared out over the processors. */
    public static GapScores of(GapInputs inputs, Form form, Negatives negatives) {
        int texts = inputs.texts();
        if (negatives.rows().length != texts) {
            throw InputException.data(
                    "negatives: %d rows, expected one for each of the %d activations", negatives.rows().length, texts);
        }
        RowNearness nearness = RowNearness.of(inputs, form);
        GapScores scores = new GapScores(new double[texts][inputs.samples()], new double[texts][inputs.samples()]);
        IntStream.range(0, texts).parallel().forEach(row -> {
            for (int sample = 0; sample < inputs.samples(); sample++) {
                Nearness found = nearness.of(row, sample);
                scores.own[row][sample] = found.own();
                scores.hardest[row][sample] = found.hardest(negatives.rows()[row]);
            }
        });
        return scores;
    }

    /** The cosine with the row's own activation, a mean over its descriptions. */
    public double correctCos(int row) {
        return mean(own[row]);
    }

    /** The largest cosine with one of the row's negatives, a mean over its descriptions. */
    public double hardNegativeCos(int row) {
        return mean(hardest[row]);
    }

    /** The first minus the second. */
    public double gap(int row) {
        return correctCos(row) - hardNegativeCos(row);
    }

    /** The part of a row's descriptions that are nearer to their own activation than to all negatives. */
    public double wins(int row) {
        double wins = 0;
        for (int sample = 0; sample < own[row].length; sample++) {
            wins += own[row][sample] > hardest[row][sample] ? 1.0 / own[row].length : 0;
        }
        return wins;
    }

    /** {@link #gap} of all rows, [N]. */
    public double[] gaps() {
        return each(this::gap);
    }

    /** The mean of a value over rows, such as {@code scores.mean(scores::gap)}. */
    public double mean(IntToDoubleFunction value) {
        return Arrays.stream(each(value)).sum() / own.length;
    }

    private double[] each(IntToDoubleFunction value) {
        return IntStream.range(0, own.length).mapToDouble(value).toArray();
    }

    private static double mean(double[] samples) {
        double mean = 0;
        for (double sample : samples) {
            mean += sample / samples.length;
        }
        return mean;
    }
}
