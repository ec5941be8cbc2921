package dev.nla.train.optimizer;

import ai.djl.ndarray.NDArray;

/** Exponential moving average of a flat parameter, kept in another one of the same shape [n], such as a copied adapter's. */
public final class MovingAverage {
    private final NDArray average;
    private final NDArray source;
    private final double decay;

    /**
     * Averages from here on; {@code average} holds the start.
     *
     * @param average [n] float32, written in place (a leaf that requires a gradient may be given too); stays the caller's
     * @param source [n] float32, read; stays the caller's
     * @param decay in [0, 1): the share of the old average that stays at each update
     */
    public MovingAverage(NDArray average, NDArray source, double decay) {
        if (!average.getShape().equals(source.getShape()) || !(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("expected equal shapes and a decay in [0, 1), not " + average.getShape()
                    + ", " + source.getShape() + " and " + decay);
        }
        this.average = average;
        this.source = source;
        this.decay = decay;
    }

    /** {@code average = decay * average + (1 - decay) * source}. */
    public void update() {
        try (NDArray into = average.stopGradient();
                NDArray from = source.stopGradient();
                NDArray share = from.mul(1 - decay)) {
            into.muli(decay).addi(share);
        }
    }
}
