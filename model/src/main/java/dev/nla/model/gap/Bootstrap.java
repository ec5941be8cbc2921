package dev.nla.model.gap;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap of a mean (Efron, 1979): texts are drawn with replacement and their values averaged, many times
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
}
