package dev.nla.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;

/** Operations on the gradients of flat parameters. */
public final class Gradients {
    /** What torch adds to the norm before dividing by it. */
    private static final double CLIP_EPSILON = 1e-6;

    private Gradients() {}

    /** The L2 norm over all values of all gradients; not finite as soon as one of them is not. */
    public static double globalNorm(List<NDArray> gradients) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray norm = gradient.norm()) {
                double value = norm.getFloat();
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }

    /** Scales the gradients in place so that their global norm, which is {@code norm}, is at most {@code max}. */
    public static void clip(List<NDArray> gradients, double norm, double max) {
        double factor = max / (norm + CLIP_EPSILON);
        if (factor < 1) {
            gradients.forEach(gradient -> gradient.muli(factor));
        }
    }

    /** Sets a gradient to zero, even where it is infinite or not a number. */
    public static void clear(NDArray gradient) {
        try (NDArray zero = gradient.getManager().create(0f)) {
            gradient.set(new NDIndex(":"), zero);
        }
    }
}
