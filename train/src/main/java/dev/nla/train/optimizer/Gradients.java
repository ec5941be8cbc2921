package dev.nla.train.optimizer;

import ai.djl.ndarray.NDArray;

/** Operations on the gradient of a flat parameter. */
final class Gradients {
    /** What torch adds to the norm before dividing by it. */
    private static final double CLIP_EPSILON = 1e-6;

    private Gradients() {}

    /** The L2 norm; not finite as soon as one of the numbers is not. */
    static double norm(NDArray gradient) {
        try (NDArray norm = gradient.norm()) {
            return norm.getFloat();
        }
    }

    /** Scales a gradient in place so that its norm, which is {@code norm}, is at most {@code max}. */
    static void clip(NDArray gradient, double norm, double max) {
        double factor = max / (norm + CLIP_EPSILON);
        if (factor < 1) {
            gradient.muli(factor);
        }
    }
}
