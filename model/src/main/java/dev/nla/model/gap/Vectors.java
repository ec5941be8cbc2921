package dev.nla.model.gap;

import dev.nla.model.InputException;

/** Sums over vectors; four running sums each, so that the processor need not wait for one addition before the next. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, float[] b) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int end = a.length & ~3;
        for (int i = 0; i < end; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (int i = end; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    static double squaredLength(float[] a) {
        double sum = 0;
        for (float x : a) {
            sum += (double) x * x;
        }
        return sum;
    }

    static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Refuses NaN and infinities, naming the vector and the place. */
    static void requireFinite(float[] v, String name) {
        for (int i = 0; i < v.length; i++) {
            if (!Float.isFinite(v[i])) {
                throw InputException.data("%s holds %s at %d: expected finite numbers", name, v[i], i);
            }
        }
    }
}
