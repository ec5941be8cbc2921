package dev.nla.model.injection;

import dev.nla.model.InputException;

/**
 * How an activation becomes an embedding: {@code (v - center) * norm / max(|v - center|, 1e-12)}. It is scaled to the norm, never
 * multiplied by it.
 *
 * @param norm L2 norm of the injected vector
 * @param center subtracted first; empty for none
 */
public record Injection(double norm, float[] center) {
    public Injection {
        if (!(norm > 0) || Double.isInfinite(norm)) {
            throw InputException.usage("injection_norm is %s: give a positive number, such as 150", norm);
        }
    }

    /** Without centring. */
    public static Injection raw(double norm) {
        return new Injection(norm, new float[0]);
    }

    /** The embedding for an activation {@code [d]}. */
    public float[] apply(float[] activation) {
        if (center.length != 0 && center.length != activation.length) {
            throw InputException.data(
                    "the injection mean has %d numbers but the activation %d: they come from different models",
                    center.length, activation.length);
        }
        double[] centred = new double[activation.length];
        double squares = 0;
        for (int i = 0; i < centred.length; i++) {
            if (!Float.isFinite(activation[i])) {
                throw InputException.data("the activation holds %s at index %d", activation[i], i);
            }
            centred[i] = activation[i] - (center.length == 0 ? 0 : center[i]);
            squares += centred[i] * centred[i];
        }
        double factor = norm / Math.max(Math.sqrt(squares), 1e-12);
        float[] out = new float[centred.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (centred[i] * factor);
        }
        return out;
    }

    /** {@link #apply(float[])} row by row. */
    public float[][] apply(float[][] activations) {
        float[][] out = new float[activations.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = apply(activations[i]);
        }
        return out;
    }
}
