package dev.nla.eval.report.plot;

/** A curve without its noise: the exponential mean that TensorBoard draws. */
final class Smoothed {
    /** What the mean keeps of itself at each point. */
    static final double WEIGHT = 0.8;

    /** Fewer points are as easily read as they are. */
    static final int FEWEST_POINTS = 12;

    private Smoothed() {}

    /** The mean at each value, of it and those before; divided by the weights' sum, so that the first value does not pull for long. */
    static double[] of(double[] values) {
        double[] smooth = new double[values.length];
        double mean = 0;
        double weights = 0;
        for (int i = 0; i < values.length; i++) {
            mean = WEIGHT * mean + (1 - WEIGHT) * values[i];
            weights = WEIGHT * weights + (1 - WEIGHT);
            smooth[i] = mean / weights;
        }
        return smooth;
    }
}
