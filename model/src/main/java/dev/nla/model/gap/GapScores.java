package dev.nla.model.gap;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The gap before it is averaged over texts, each value the mean over a text's descriptions. Two systems scored on the same texts are
 * compared text by text from here.
 *
 * @param correctCos [N], cosine with the row's own activation
 * @param hardNegativeCos [N], the largest cosine with one of its negatives
 * @param wins [N], the part of the descriptions whose cosine with their own activation is the larger one
 */
public record GapScores(double[] correctCos, double[] hardNegativeCos, double[] wins) {
    /** Scores every row in {@code form} against {@code negatives}; rows are shared out over the processors. */
    public static GapScores of(GapInputs inputs, Form form, Negatives negatives) {
        int texts = inputs.texts();
        if (negatives.rows().length != texts) {
            throw InputException.data(
                    "negatives: %d rows, expected one for each of the %d activations", negatives.rows().length, texts);
        }
        Cosine cosine = inputs.cosine(form);
        double[] inverse = inverseLengths(inputs, cosine);
        GapScores scores = new GapScores(new double[texts], new double[texts], new double[texts]);
        IntStream.range(0, texts)
                .parallel()
                .forEach(i -> scores.score(i, inputs, cosine, inverse, negatives.rows()[i]));
        return scores;
    }

    /** Correct minus hardest, [N]. */
    public double[] gaps() {
        double[] gaps = new double[correctCos.length];
        Arrays.setAll(gaps, i -> correctCos[i] - hardNegativeCos[i]);
        return gaps;
    }

    /** The mean of one of the columns. */
    static double mean(double[] column) {
        return Arrays.stream(column).sum() / column.length;
    }

    private void score(int row, GapInputs inputs, Cosine cosine, double[] inverse, int[] negatives) {
        float[][] samples = inputs.reconstructions()[row];
        for (int g = 0; g < samples.length; g++) {
            Cosine.Direction towards = cosine.direction(samples[g], "reconstructions[" + row + "][" + g + "]");
            double correct = towards.cosine(inputs.activations()[row], inverse[row]);
            double hardest = -1;
            for (int negative : negatives) {
                hardest = Math.max(hardest, towards.cosine(inputs.activations()[negative], inverse[negative]));
            }
            correctCos[row] += correct / samples.length;
            hardNegativeCos[row] += hardest / samples.length;
            wins[row] += correct > hardest ? 1.0 / samples.length : 0;
        }
    }

    static double[] inverseLengths(GapInputs inputs, Cosine cosine) {
        double[] inverse = new double[inputs.texts()];
        Arrays.parallelSetAll(inverse, i -> cosine.inverseLength(inputs.activations()[i], "activations[" + i + "]"));
        return inverse;
    }
}
