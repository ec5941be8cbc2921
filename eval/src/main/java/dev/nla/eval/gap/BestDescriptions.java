package dev.nla.eval.gap;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.NegativeSets;
import java.util.Arrays;

/**
 * Which of a row's descriptions to learn from (rejection sampling): the one with the largest centred cosine plus centred gap against all
 * twenty neighbours. The gap alone would choose words that lead away from the activation, as long as they lead further from its neighbours.
 */
final class BestDescriptions {
    private BestDescriptions() {}

    /** The index of each row's best description, [N]; the first of equals. */
    static int[] of(GapInputs inputs, NegativeSets centered) {
        int[] best = new int[inputs.texts()];
        if (inputs.samples() == 1) {
            return best;
        }
        double[] most = new double[best.length];
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        for (int sample = 0; sample < inputs.samples(); sample++) {
            GapScores scores = GapScores.of(only(inputs, sample), Form.CENTERED, centered.of(NegativeRule.ALL_TWENTY));
            double[] gaps = scores.gaps();
            for (int row = 0; row < best.length; row++) {
                double score = scores.correctCos()[row] + gaps[row];
                if (score > most[row]) {
                    most[row] = score;
                    best[row] = sample;
                }
            }
        }
        return best;
    }

    private static GapInputs only(GapInputs inputs, int sample) {
        float[][][] one = Arrays.stream(inputs.reconstructions())
                .map(samples -> new float[][] {samples[sample]})
                .toArray(float[][][]::new);
        return new GapInputs(inputs.activations(), one, inputs.mean());
    }
}
