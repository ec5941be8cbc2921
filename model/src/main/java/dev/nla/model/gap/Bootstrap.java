package dev.nla.model.gap;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap of a mean or a ratio (Efron, 1979): texts are drawn with replacement and their values averaged, many times
 * over.
 *
 * @param resamples how many times; 10,000 where nothing else is asked
 * @param seed decides the draws, whatever the number of processors
 */
public record Bootstrap(int resamples, long seed) {
    /** Resamples where nothing else is asked. */
    public static final int DEFAULT_RESAMPLES = 10_000;

    /** Checks the number of resamples. */
    public Bootstrap {
        if (resamples < 1) {
            throw InputException.usage("bootstrap resamples are %d, expected at least 1", resamples);
        }
    }

    /** The interval that holds the middle 95 % of the resampled means of {@code values} [N], one a text. */
    public Interval interval95(double[] values) {
        if (values.length == 0) {
            throw InputException.data("no texts to take an interval over");
        }
        return Interval.middle95(resampled(random -> resampledMean(values, random)));
    }

    /**
     * The interval of a ratio of sums over texts, such as the right part of all claims where texts make different numbers of them. Both sums
     * are over the same drawn texts; a resample whose denominator is zero has no ratio and is left out.
     *
     * @param numerators [N], one a text
     * @param denominators [N], of the same texts in the same order
     * @return the middle 95 % of the resampled ratios; empty where no resample has one, as when all denominators are zero
     */
    public Optional<Interval> ratioInterval95(double[] numerators, double[] denominators) {
        if (numerators.length != denominators.length) {
            throw InputException.data(
                    "%d numerators and %d denominators, expected one of each a text",
                    numerators.length, denominators.length);
        }
        double[] ratios = Arrays.stream(resampled(random -> resampledRatio(numerators, denominators, random)))
                .filter(ratio -> !Double.isNaN(ratio))
                .toArray();
        return ratios.length == 0 ? Optional.empty() : Optional.of(Interval.middle95(ratios));
    }

    /** A statistic of every resample, each with a random stream of its own; ascending. */
    private double[] resampled(ToDoubleFunction<SplittableRandom> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom[] streams = new SplittableRandom[resamples];
        Arrays.setAll(streams, i -> random.split());
        return Arrays.stream(streams).parallel().mapToDouble(statistic).sorted().toArray();
    }

    /** Two rows from each 64 random bits: with fewer than a million texts no row is favoured by more than one part in 4,000. */
    private static double resampledMean(double[] values, SplittableRandom random) {
        long n = values.length;
        double sum = 0;
        for (int drawn = 0; drawn + 1 < n; drawn += 2) {
            long bits = random.nextLong();
            sum += values[(int) ((bits >>> 32) * n >>> 32)] + values[(int) ((bits & 0xffffffffL) * n >>> 32)];
        }
        if ((n & 1) == 1) {
            sum += values[random.nextInt((int) n)];
        }
        return sum / n;
    }

    private static double resampledRatio(double[] numerators, double[] denominators, SplittableRandom random) {
        double numerator = 0;
        double denominator = 0;
        for (int drawn = 0; drawn < numerators.length; drawn++) {
            int text = random.nextInt(numerators.length);
            numerator += numerators[text];
            denominator += denominators[text];
        }
        return denominator == 0 ? Double.NaN : numerator / denominator;
    }
}
