package dev.nla.train.parts;

/**
 * The gradient of an optimizer step: those of its parts, added in float32 one after the other in the order of the parts. In another order
 * the last digits would be others.
 */
public final class GradientSum {
    private final float[] values;

    /** Zero for so many parameters. */
    public GradientSum(long parameters) {
        this.values = new float[Math.toIntExact(parameters)];
    }

    /** Adds the gradient of one more part. */
    public void add(PartGradient part) {
        float[] more = part.values();
        if (more.length != values.length) {
            throw new IllegalArgumentException(more.length + " numbers for " + values.length + " parameters");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += more[i];
        }
    }

    /**
     * Has parts worked on and adds their gradients.
     *
     * @return the sum of their losses
     */
    public <P> double add(PartWork<P, PartGradient> work, Parts<P> parts) {
        double loss = 0;
        for (P part : parts) {
            PartGradient gradient = work.on(part);
            add(gradient);
            loss += gradient.loss();
        }
        return loss;
    }

    /** The sum, {@code [n]}. */
    public float[] values() {
        return values;
    }
}
