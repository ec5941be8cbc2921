package dev.nla.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter 2019), by torch's formulas, on one flat float32 parameter [n]. The parameter may
 * be a leaf that requires a gradient: it is written through a detached view of the same memory, since torch forbids writing the leaf itself.
 * Not for several threads.
 */
public final class AdamW implements AutoCloseable {
    private final NDManager manager;
    private final NDArray values;
    private final NDArray firstMoment;
    private final NDArray secondMoment;
    private final AdamWOptions options;
    private long steps;

    /**
     * Starts with both moments zero.
     *
     * @param parent what the moments live under; they are freed by {@link #close}, or with it
     * @param parameter [n] float32; stays the caller's
     */
    public AdamW(NDManager parent, NDArray parameter, AdamWOptions options) {
        if (parameter.getDataType() != DataType.FLOAT32 || parameter.getShape().dimension() != 1) {
            throw new IllegalArgumentException(
                    "expected a flat float32 parameter, not " + parameter.getDataType() + " " + parameter.getShape());
        }
        this.manager = parent.newSubManager();
        this.options = options;
        values = parameter.stopGradient();
        values.attach(manager);
        firstMoment = manager.zeros(parameter.getShape());
        secondMoment = manager.zeros(parameter.getShape());
    }

    /**
     * One update in place: decay, then a step along the bias-corrected ratio of the moments.
     *
     * @param gradient [n] float32, read only
     */
    public void step(NDArray gradient, double learningRate) {
        steps++;
        double firstCorrection = 1 - Math.pow(options.beta1(), steps);
        double secondCorrection = 1 - Math.pow(options.beta2(), steps);
        try (NDManager scratch = manager.newSubManager();
                NDArray view = gradient.stopGradient()) {
            view.attach(scratch);
            values.muli(1 - learningRate * options.weightDecay());
            firstMoment.muli(options.beta1()).addi(view.mul(1 - options.beta1()));
            secondMoment.muli(options.beta2()).addi(view.mul(view).muli(1 - options.beta2()));
            NDArray root = secondMoment.sqrt();
            root.attach(scratch);
            root.muli(1 / Math.sqrt(secondCorrection)).addi(options.epsilon());
            NDArray change = firstMoment.div(root);
            change.attach(scratch);
            values.subi(change.muli(learningRate / firstCorrection));
        }
    }

    /** A copy of what has to be saved to go on later. */
    public AdamWState state() {
        return new AdamWState(steps, firstMoment.toFloatArray(), secondMoment.toFloatArray());
    }

    /**
     * Goes on from a saved state.
     *
     * @throws IllegalArgumentException when it is of a parameter of another size
     */
    public void restore(AdamWState state) {
        if (state.firstMoment().length != firstMoment.size()) {
            throw new IllegalArgumentException("the state is of " + state.firstMoment().length
                    + " values and the parameter has " + firstMoment.size());
        }
        steps = state.steps();
        copy(state.firstMoment(), firstMoment);
        copy(state.secondMoment(), secondMoment);
    }

    private void copy(float[] from, NDArray to) {
        try (NDArray saved = manager.create(from, new Shape(from.length))) {
            to.muli(0).addi(saved);
        }
    }

    /** Frees the moments; the parameter stays. */
    @Override
    public void close() {
        manager.close();
    }
}
