package dev.nla.model.gap;

import java.util.Arrays;

/**
 * How near the reconstructions of rows lie to the rows' activations, in one form. Immutable; safe to share between threads.
 *
 * @param inverse one over the length of each activation, [N]
 */
record RowNearness(GapInputs inputs, Cosine cosine, double[] inverse) {
    static RowNearness of(GapInputs inputs, Form form) {
        Cosine cosine = inputs.cosine(form);
        double[] inverse = new double[inputs.texts()];
        Arrays.parallelSetAll(inverse, i -> cosine.inverseLength(inputs.activations()[i], "activations[" + i + "]"));
        return new RowNearness(inputs, cosine, inverse);
    }

    /** Of one reconstruction of a row. */
    Nearness of(int row, int sample) {
        float[][] activations = inputs.activations();
        Cosine.Direction towards =
                cosine.direction(inputs.reconstructions()[row][sample], "reconstructions[" + row + "][" + sample + "]");
        return new Nearness(
                towards.cosine(activations[row], inverse[row]),
                other -> towards.cosine(activations[other], inverse[other]));
    }
}
