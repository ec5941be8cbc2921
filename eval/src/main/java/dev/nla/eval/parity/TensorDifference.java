package dev.nla.eval.parity;

/**
 * How far one tensor is from its golden values.
 *
 * @param tensor its name in the golden file
 * @param compared how many numbers were compared
 * @param largest the largest difference, relative to the size of what it is part of (see {@link ParityCheck}); infinite where a number
 *     is not finite
 * @param where the place of the largest difference; empty where there is none
 */
public record TensorDifference(String tensor, long compared, double largest, String where) {
    /** Whether all numbers on both sides are finite. Those that are not equal nothing, not even each other. */
    public boolean isFinite() {
        return Double.isFinite(largest);
    }

    /** Whether the largest difference does not exceed {@code tolerance}, which one that is not finite always does. */
    public boolean within(double tolerance) {
        return isFinite() && largest <= tolerance;
    }

    /** The larger of two about the same tensor, with the numbers of both counted. */
    TensorDifference and(TensorDifference other) {
        TensorDifference worse = other.largest > largest ? other : this;
        return new TensorDifference(tensor, compared + other.compared, worse.largest, worse.where);
    }

    /** No difference yet. */
    static TensorDifference none(String tensor) {
        return new TensorDifference(tensor, 0, 0, "");
    }

    /**
     * Compares numbers one by one.
     *
     * @param floor a difference counts relative to the largest expected number, but at least to this
     */
    static TensorDifference of(String tensor, float[] actual, float[] expected, double floor, String where) {
        double size = floor;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!Float.isFinite(actual[i]) || !Float.isFinite(expected[i])) {
                String what = "golden " + expected[i] + ", here " + actual[i];
                String at = where.isEmpty() ? what : where + " (" + what + ")";
                return new TensorDifference(tensor, expected.length, Double.POSITIVE_INFINITY, at);
            }
            size = Math.max(size, Math.abs(expected[i]));
            largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
        }
        return new TensorDifference(tensor, expected.length, largest / size, where);
    }
}
