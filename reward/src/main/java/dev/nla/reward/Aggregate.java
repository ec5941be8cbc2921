package dev.nla.reward;

import dev.nla.model.InputException;
import java.util.Arrays;

/** How the cosines with several negatives become one number, between their mean and their largest. */
public sealed interface Aggregate {
    /** One number for {@code cosines} [k], k at least 1. */
    double of(double[] cosines);

    /** Its name in settings and logs. */
    String name();

    /** The largest: only the hardest negative counts. */
    record Max() implements Aggregate {
        @Override
        public double of(double[] cosines) {
            return Arrays.stream(cosines).max().orElseThrow();
        }

        @Override
        public String name() {
            return "max";
        }
    }

    /** Their mean: all negatives count alike. */
    record Mean() implements Aggregate {
        @Override
        public double of(double[] cosines) {
            return Arrays.stream(cosines).average().orElseThrow();
        }

        @Override
        public String name() {
            return "mean";
        }
    }

    /**
     * Their mean weighted by soft-max: harder negatives count more, and no negative is lost from sight.
     *
     * @param temperature towards 0 it becomes the largest, towards infinity the mean
     */
    record SoftMax(double temperature) implements Aggregate {
        /** Checks the temperature. */
        public SoftMax {
            requireTemperature(temperature);
        }

        @Override
        public double of(double[] cosines) {
            double largest = Arrays.stream(cosines).max().orElseThrow();
            double sum = 0;
            double weights = 0;
            for (double cosine : cosines) {
                double weight = Math.exp((cosine - largest) / temperature);
                weights += weight;
                sum += weight * cosine;
            }
            return sum / weights;
        }

        @Override
        public String name() {
            return "softmax";
        }
    }

    /** Refuses what is no temperature. */
    static void requireTemperature(double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw InputException.usage("the reward's temperature is %s, expected a positive number", temperature);
        }
    }
}
