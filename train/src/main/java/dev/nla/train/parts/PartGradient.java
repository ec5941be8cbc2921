package dev.nla.train.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * What the work on one part gives to an optimizer step.
 *
 * @param loss the part's share of the step's loss
 * @param values the gradient of that share, {@code [n]}, a number for each trained parameter
 */
public record PartGradient(double loss, float[] values) {
    /** Takes the gradient that backward passes have left in parameters {@code [n]} out of them. */
    public static PartGradient take(double loss, NDArray parameters) {
        try (NDArray gradient = parameters.getGradient();
                NDArray zero = gradient.getManager().create(0f)) {
            float[] values = gradient.toFloatArray();
            gradient.set(new NDIndex(":"), zero);
            return new PartGradient(loss, values);
        }
    }
}
