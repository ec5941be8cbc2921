package dev.nla.reward;

import dev.nla.model.InputException;
import dev.nla.reward.text.TextFacts;

/**
 * A readable description with what the reconstructor made of it. Arrays are neither copied nor changed.
 *
 * @param reconstruction [d], the vector reconstructed from the description
 * @param target [d], the activation it describes
 * @param negatives [k][d], activations of other rows; the same ones for every description of a group
 * @param text facts about the description
 */
public record Attempt(float[] reconstruction, float[] target, float[][] negatives, TextFacts text) implements Rollout {
    /** Checks dimensions, and that the reconstructor still gives finite numbers. */
    public Attempt {
        requireLength(reconstruction, target.length, "reconstruction");
        for (float[] negative : negatives) {
            requireLength(negative, target.length, "negative");
        }
        for (int i = 0; i < reconstruction.length; i++) {
            if (!Float.isFinite(reconstruction[i])) {
                throw InputException.data(
                        "the reconstructor gave %s at component %d: it has diverged; lower learning_rate or go back to an"
                                + " earlier checkpoint",
                        reconstruction[i], i);
            }
        }
    }

    private static void requireLength(float[] vector, int d, String name) {
        if (vector.length != d) {
            throw new IllegalArgumentException(name + " of " + vector.length + " numbers, target of " + d);
        }
    }
}
