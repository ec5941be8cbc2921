package dev.nla.data.summary;

import java.util.Arrays;

/**
 * How some numbers spread.
 *
 * @param count how many; with none of them everything else is 0
 * @param mean their mean
 * @param deviation their standard deviation (of the numbers themselves: divided by the count)
 * @param min the smallest
 * @param median the middle one, or the mean of the two in the middle
 * @param max the largest
 */
public record Spread(int count, double mean, double deviation, double min, double median, double max) {
    /** The spread of these numbers. */
    public static Spread of(double[] values) {
        if (values.length == 0) {
            return new Spread(0, 0, 0, 0, 0, 0);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(sorted.length, mean, Math.sqrt(variance), sorted[0], median, sorted[sorted.length - 1]);
    }
}
