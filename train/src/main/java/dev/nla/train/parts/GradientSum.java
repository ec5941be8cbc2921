package dev.nla.train.parts;

import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

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
    public <P> double add(Workers workers, PartWork<P, PartGradient> work, Parts<P> parts) {
        return add(workers, work, List.of(parts));
    }

    /**
     * The same with the parts of several batches, one batch after the other.
     *
     * @return the sum of the batches' losses
     */
    public <P> double add(Workers workers, PartWork<P, PartGradient> work, List<Parts<P>> batches) {
        List<Double> losses = new ArrayList<>();
        workers.each(work, Parts.joined(batches), gradient -> {
            add(gradient);
            losses.add(gradient.loss());
        });
        Iterator<Double> next = losses.iterator();
        double sum = 0;
        for (Parts<P> batch : batches) {
            double loss = 0;
            for (int i = 0; i < batch.count(); i++) {
                loss += next.next();
            }
            sum += loss;
        }
        return sum;
    }

    /** The sum, {@code [n]}. */
    public float[] values() {
        return values;
    }
}
