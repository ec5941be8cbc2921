package dev.nla.model.gap;

import dev.nla.model.InputException;

/**
 * Cosine of two vectors, seen from the origin or from a mean. Vectors are float [d], sums are double. Immutable; safe to share
 * between threads.
 */
public final class Cosine {
    /** A centred vector shorter than this part of the mean is rounding noise: it has no direction left. */
    private static final double NOISE = 1e-6;

    private final float[] mean;
    private final double noise;

    private Cosine(float[] mean, double noise) {
        this.mean = mean;
        this.noise = noise;
    }

    /** Plain cosine. */
    public static Cosine raw() {
        return new Cosine(new float[0], 0);
    }

    /** Cosine of vectors from which {@code mean} [d] has been subtracted. */
    public static Cosine centered(float[] mean) {
        Vectors.requireFinite(mean, "mean");
        return new Cosine(mean.clone(), NOISE * Math.sqrt(Vectors.squaredLength(mean)));
    }

    /** Whether a mean is subtracted. */
    public boolean isCentered() {
        return mean.length > 0;
    }

    /** The cosine of {@code a} [d] and {@code b} [d], in [-1, 1]; refuses a vector without direction. */
    public double between(float[] a, float[] b) {
        if (a.length != b.length || (isCentered() && a.length != mean.length)) {
            throw new IllegalArgumentException("vectors of " + a.length + " and " + b.length + " numbers");
        }
        return direction(a, "vector").cosine(b, inverseLength(b, "vector"));
    }

    /** The unit vector towards {@code v} [d], to be compared with many others; {@code name} stands in the message of a refusal. */
    Direction direction(float[] v, String name) {
        double scale = inverseLength(v, name);
        double[] unit = new double[v.length];
        double offset = 0;
        for (int i = 0; i < unit.length; i++) {
            double origin = isCentered() ? mean[i] : 0;
            unit[i] = (v[i] - origin) * scale;
            offset += unit[i] * origin;
        }
        return new Direction(unit, offset);
    }

    /** One over the length of {@code v} [d]; {@code name} stands in the message of a refusal. */
    double inverseLength(float[] v, String name) {
        double length = Math.sqrt(isCentered() ? Vectors.squaredDistance(v, mean) : Vectors.squaredLength(v));
        if (!(length > noise)) {
            throw InputException.data(
                    "%s is %s: its cosine is not defined; leave the row out",
                    name, isCentered() ? "equal to the mean vector" : "a zero vector");
        }
        return 1 / length;
    }

    /**
     * A unit vector relative to the mean.
     *
     * @param unit [d]
     * @param offset its product with the mean, which every product with an uncentred vector is too large by
     */
    record Direction(double[] unit, double offset) {
        /** The cosine with {@code v} [d], whose inverse length (relative to the same mean) is known. */
        double cosine(float[] v, double inverseLength) {
            double cosine = (Vectors.dot(unit, v) - offset) * inverseLength;
            return Math.max(-1, Math.min(1, cosine));
        }
    }
}
