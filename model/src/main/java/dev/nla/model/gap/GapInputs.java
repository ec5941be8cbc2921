package dev.nla.model.gap;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What the gap is measured on: activations, one or more reconstructions of each, and the mean that the centred form subtracts.
 * Checked when made: at least two rows, one dimension throughout, the same number of reconstructions a row, all numbers finite. The
 * arrays are not copied and must not change.
 *
 * @param activations [N][d]
 * @param reconstructions [N][G][d], of the G descriptions of each row
 * @param mean [d], of the train split, or of {@code activations} where no other is known ({@link #mean(float[][])})
 */
public record GapInputs(float[][] activations, float[][][] reconstructions, float[] mean) {
    /** Checks shapes and values. */
    public GapInputs {
        if (activations.length < 2) {
            throw InputException.data("activations: %d rows, expected at least 2", activations.length);
        }
        if (reconstructions.length != activations.length) {
            throw InputException.data(
                    "reconstructions: %d rows, expected one for each of the %d activations",
                    reconstructions.length, activations.length);
        }
        int d = activations[0].length;
        int samples = reconstructions[0].length;
        if (d == 0 || samples == 0) {
            throw InputException.data(
                    "activations [%d, %d], reconstructions [%d, %d, ...]: expected no empty dimension",
                    activations.length, d, reconstructions.length, samples);
        }
        check(mean, d, "mean");
        for (int i = 0; i < activations.length; i++) {
            check(activations[i], d, "activations[" + i + "]");
            if (reconstructions[i].length != samples) {
                throw InputException.data(
                        "reconstructions[%d]: %d samples, expected %d as in row 0",
                        i, reconstructions[i].length, samples);
            }
            for (int g = 0; g < samples; g++) {
                check(reconstructions[i][g], d, "reconstructions[" + i + "][" + g + "]");
            }
        }
    }

    /** Rows N. */
    public int texts() {
        return activations.length;
    }

    /** Reconstructions a row, G. */
    public int samples() {
        return reconstructions[0].length;
    }

    /** Length of a vector, d. */
    public int dimension() {
        return mean.length;
    }

    /** How cosines are taken in this form. */
    public Cosine cosine(Form form) {
        return form == Form.LEGACY ? Cosine.raw() : Cosine.centered(mean);
    }

    /** The control in which every row is described by the words of another: a seeded permutation that leaves none in its place. */
    public GapInputs deranged(long seed) {
        return withDescriptionsOf(Derangement.draw(texts(), new SplittableRandom(seed)));
    }

    /** The control that knows nothing: every row is reconstructed as the mean. Its centred cosines are not defined. */
    public GapInputs guessingTheMean() {
        float[][][] guesses = new float[texts()][][];
        Arrays.fill(guesses, new float[][] {mean});
        return new GapInputs(activations, guesses, mean);
    }

    /** The same activations, row i reconstructed from the descriptions of row {@code order[i]}. */
    GapInputs withDescriptionsOf(int[] order) {
        float[][][] moved = new float[order.length][][];
        for (int i = 0; i < order.length; i++) {
            moved[i] = reconstructions[order[i]];
        }
        return new GapInputs(activations, moved, mean);
    }

    /** The same activations, each its own reconstruction. */
    GapInputs perfect() {
        float[][][] own = new float[activations.length][][];
        for (int i = 0; i < own.length; i++) {
            own[i] = new float[][] {activations[i]};
        }
        return new GapInputs(activations, own, mean);
    }

    /** The mean [d] of {@code vectors} [N][d], see {@link CenteringMean}. */
    public static float[] mean(float[][] vectors) {
        if (vectors.length == 0) {
            throw InputException.data("no vectors to take the mean of");
        }
        for (int i = 0; i < vectors.length; i++) {
            check(vectors[i], vectors[0].length, "vector " + i);
        }
        return CenteringMean.of(vectors.length, i -> vectors[i]).vector();
    }

    private static void check(float[] v, int d, String name) {
        if (v.length != d) {
            throw InputException.data("%s: %d numbers, expected %d", name, v.length, d);
        }
        Vectors.requireFinite(v, name);
    }
}
