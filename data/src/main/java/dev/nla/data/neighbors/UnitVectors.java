package dev.nla.data.neighbors;

import dev.nla.data.dataset.Activations;
import java.util.Optional;

/** Vectors minus a centre, scaled to length one; a vector that is the centre stays zero. */
final class UnitVectors {
    private static final double TINY = 1e-12;

    private final Activations activations;
    private final float[] center;

    UnitVectors(Activations activations, Optional<float[]> center) {
        this.activations = activations;
        this.center = center.orElseGet(() -> new float[activations.dimension()]);
        if (this.center.length != activations.dimension()) {
            throw new IllegalArgumentException(
                    "a centre of " + this.center.length + " numbers for vectors of " + activations.dimension());
        }
    }

    int dimension() {
        return activations.dimension();
    }

    /** Row {@code row} in double precision, [d]. */
    double[] exact(int row) {
        float[] values = activations.activation(row);
        double[] unit = new double[values.length];
        double squares = 0;
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (double) values[i] - center[i];
            squares += unit[i] * unit[i];
        }
        double scale = 1 / Math.max(Math.sqrt(squares), TINY);
        for (int i = 0; i < unit.length; i++) {
            unit[i] *= scale;
        }
        return unit;
    }

    /** Cosine of a {@link #exact} row with row {@code row}, in double precision. */
    double cosine(double[] unit, int row) {
        float[] values = activations.activation(row);
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double value = (double) values[i] - center[i];
            dot += unit[i] * value;
            squares += value * value;
        }
        return dot / Math.max(Math.sqrt(squares), TINY);
    }

    /** What is subtracted, [d]. */
    float[] center() {
        return center;
    }

    /** Rows {@code rows[from]} to {@code rows[to - 1]} as they are, before centring and scaling, row after row, [(to - from) * d]. */
    float[] raw(int[] rows, int from, int to) {
        float[] block = new float[(to - from) * dimension()];
        for (int i = from; i < to; i++) {
            System.arraycopy(activations.activation(rows[i]), 0, block, (i - from) * dimension(), dimension());
        }
        return block;
    }
}
