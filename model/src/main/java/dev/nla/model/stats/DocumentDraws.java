package dev.nla.model.stats;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The documents of each resample. Every statistic is taken over the same draws, whether asked for together or one after the other, so
 * differences are paired. Asking together costs the draws once.
 */
public final class DocumentDraws {
    private final DocumentBootstrap bootstrap;
    private final Documents documents;

    DocumentDraws(DocumentBootstrap bootstrap, Documents documents) {
        this.bootstrap = bootstrap;
        this.documents = documents;
    }

    /** What is drawn from. */
    public Documents documents() {
        return documents;
    }

    /** Whether there are enough documents for the intervals to be trusted: {@value Documents#FEWEST_TRUSTED} or more. */
    public boolean trusted() {
        return documents.trusted();
    }

    /**
     * The mean over rows.
     *
     * @param metric what the values are, for messages
     * @param values [N], finite
     * @throws InputException where their number is not N or one is not finite
     */
    public Estimate mean(String metric, double[] values) {
        return one(metric, Statistic.mean(values));
    }

    /**
     * A ratio of sums over rows; both sums are over the same drawn documents.
     *
     * @param metric what the ratio is, for messages
     * @param numerators [N], finite
     * @param denominators [N], finite
     * @throws InputException where their number is not N or one is not finite
     */
    public Estimate ratio(String metric, double[] numerators, double[] denominators) {
        return one(metric, Statistic.ratio(numerators, denominators));
    }

    /**
     * The mean of the first less the mean of the second, over the same rows in the same order.
     *
     * @param metric what the values are, for messages
     * @param first [N], finite
     * @param second [N], finite
     * @throws InputException where their number is not N or one is not finite
     */
    public Estimate difference(String metric, double[] first, double[] second) {
        return one(metric, Statistic.difference(Statistic.mean(first), Statistic.mean(second)));
    }

    /**
     * Many statistics in one pass over the draws.
     *
     * @param statistics by metric
     * @return estimates by metric, in the same order
     * @throws InputException where an array has not N values or one is not finite
     */
    public Map<String, Estimate> all(Map<String, Statistic> statistics) {
        DocumentSums sums = DocumentSums.of(documents, statistics);
        List<Statistic> asked = List.copyOf(statistics.values());
        double[][] resampled = resampled(sums, asked);
        int[] once = new int[documents.count()];
        Arrays.fill(once, 1);
        double[] total = sums.weighted(once);
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (String metric : statistics.keySet()) {
            int index = estimates.size();
            estimates.put(metric, Estimate.of(sums.value(asked.get(index), total), resampled[index]));
        }
        return estimates;
    }

    private Estimate one(String metric, Statistic statistic) {
        return all(Map.of(metric, statistic)).get(metric);
    }

    /** The value of every statistic in every resample. */
    private double[][] resampled(DocumentSums sums, List<Statistic> asked) {
        SplittableRandom[] streams = bootstrap.streams();
        double[][] resampled = new double[asked.size()][streams.length];
        IntStream.range(0, streams.length).parallel().forEach(i -> {
            double[] total = sums.weighted(draw(streams[i]));
            for (int k = 0; k < resampled.length; k++) {
                resampled[k][i] = sums.value(asked.get(k), total);
            }
        });
        return resampled;
    }

    /**
     * How often each document is drawn, [D], in D draws. Two from each 64 random bits: with fewer than a million documents none is favoured
     * by more than one part in 4,000.
     */
    private int[] draw(SplittableRandom random) {
        long count = documents.count();
        int[] times = new int[documents.count()];
        for (int drawn = 0; drawn + 1 < count; drawn += 2) {
            long bits = random.nextLong();
            times[(int) ((bits >>> 32) * count >>> 32)]++;
            times[(int) ((bits & 0xffffffffL) * count >>> 32)]++;
        }
        if ((count & 1) == 1) {
            times[random.nextInt((int) count)]++;
        }
        return times;
    }
}
