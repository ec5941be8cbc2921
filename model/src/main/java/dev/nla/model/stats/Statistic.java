package dev.nla.model.stats;

import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A number that follows from sums over rows. The arrays are kept, not copied; one that several statistics share is summed once.
 */
public sealed interface Statistic {
    /** The arrays it needs the sums of, [N] each. */
    Stream<double[]> summed();

    /**
     * Its value for some rows.
     *
     * @param sum over these rows of an array of {@link #summed}
     * @param rows how many they are
     * @return NaN where it has no value
     */
    double value(ToDoubleFunction<double[]> sum, double rows);

    /** The mean of {@code values} [N]. */
    static Statistic mean(double[] values) {
        return new Mean(values);
    }

    /** The sum of {@code numerators} [N] over the sum of {@code denominators} [N]. */
    static Statistic ratio(double[] numerators, double[] denominators) {
        return new Ratio(numerators, denominators);
    }

    /** One less another, over the same rows. */
    static Statistic difference(Statistic first, Statistic second) {
        return new Difference(first, second);
    }

    /**
     * The mean over rows.
     *
     * @param values [N]
     */
    record Mean(double[] values) implements Statistic {
        @Override
        public Stream<double[]> summed() {
            return Stream.of(values);
        }

        @Override
        public double value(ToDoubleFunction<double[]> sum, double rows) {
            return sum.applyAsDouble(values) / rows;
        }
    }

    /**
     * A ratio of sums over rows, such as the right part of all claims. Without a value where the denominators sum to zero.
     *
     * @param numerators [N]
     * @param denominators [N]
     */
    record Ratio(double[] numerators, double[] denominators) implements Statistic {
        @Override
        public Stream<double[]> summed() {
            return Stream.of(numerators, denominators);
        }

        @Override
        public double value(ToDoubleFunction<double[]> sum, double rows) {
            double denominator = sum.applyAsDouble(denominators);
            return denominator == 0 ? Double.NaN : sum.applyAsDouble(numerators) / denominator;
        }
    }

    /**
     * The first less the second. Without a value where one of them has none.
     *
     * @param first what is subtracted from
     * @param second what is subtracted
     */
    record Difference(Statistic first, Statistic second) implements Statistic {
        @Override
        public Stream<double[]> summed() {
            return Stream.concat(first.summed(), second.summed());
        }

        @Override
        public double value(ToDoubleFunction<double[]> sum, double rows) {
            return first.value(sum, rows) - second.value(sum, rows);
        }
    }
}
