package dev.nla.model.gap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean that is subtracted from activations, and how far it can be trusted. Activations at the first token of a text can be a hundred
 * times longer than all others (attention sinks, Xiao et al. 2023) and so alike that their direction alone would be the mean: rows whose
 * norm is above {@link #FAR} times the median norm are left out of it. Without such rows it is the plain mean, summed in double precision
 * in the order of the rows.
 *
 * @param vector the mean, {@code [d]}
 * @param rows how many rows were given
 * @param leftOut how many of them are not in the mean
 * @param medianNorm median of the rows' L2 norms
 * @param largestNorm the largest of them
 * @param effectiveRows of how many rows of equal norm the mean is as good as: {@code (sum of norms)² / sum of squared norms} of those in it
 */
public record CenteringMean(
        float[] vector, int rows, int leftOut, double medianNorm, double largestNorm, double effectiveRows) {
    /** A norm above this many median norms is far from the others. Activations at ordinary tokens of one block differ by less than four. */
    public static final double FAR = 10;

    /** Below this many rows a row is more than 3 % of the mean itself, and two unrelated ones have a centred cosine below -0.03. */
    public static final int FEW = 30;

    /**
     * The mean of some rows, each read once, and again where some are left out.
     *
     * @param count how many, at least 1
     * @param row gives one, {@code [d]}
     */
    public static CenteringMean of(int count, IntFunction<float[]> row) {
        if (count < 1) {
            throw new IllegalArgumentException("no rows have no mean");
        }
        double[] norms = new double[count];
        double[] sums = new double[row.apply(0).length];
        for (int i = 0; i < count; i++) {
            float[] values = row.apply(i);
            norms[i] = norm(values);
            add(sums, values);
        }
        double median = median(norms);
        double limit = median > 0 ? FAR * median : Double.POSITIVE_INFINITY;
        int[] kept = IntStream.range(0, count).filter(i -> norms[i] <= limit).toArray();
        if (kept.length < count) {
            Arrays.fill(sums, 0);
            Arrays.stream(kept).forEach(i -> add(sums, row.apply(i)));
        }
        float[] mean = new float[sums.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = (float) (sums[k] / kept.length);
        }
        double largest = Arrays.stream(norms).max().orElseThrow();
        return new CenteringMean(mean, count, count - kept.length, median, largest, effective(norms, limit));
    }

    private static void add(double[] sums, float[] values) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += values[k];
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double effective(double[] norms, double limit) {
        DoubleStream kept = Arrays.stream(norms).filter(norm -> norm <= limit);
        double sum = 0;
        double squares = 0;
        for (double norm : kept.toArray()) {
            sum += norm;
            squares += norm * norm;
        }
        return squares > 0 ? sum * sum / squares : norms.length;
    }

    /** A line where rows are far from the others. */
    public Optional<String> farRows() {
        return leftOut == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d of %d rows have more than %.0f times the median norm (up to %.4g, median %.4g), as first tokens of raw texts do: "
                                + "they are left out of the mean, but say little; extract without them (--skip-first)",
                        leftOut,
                        rows,
                        FAR,
                        largestNorm,
                        medianNorm));
    }

    /** A line where the mean rests on few rows. */
    public Optional<String> fewRows() {
        return effectiveRows >= FEW
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the mean rests on few rows (%d, as good as %.1f of equal norm, where %d or more are wanted): centring, centred "
                                + "cosines and gaps say little; extract more texts",
                        rows - leftOut,
                        effectiveRows,
                        FEW));
    }

    /** All that is to be said of it. */
    public List<String> warnings() {
        return Stream.of(farRows(), fewRows()).flatMap(Optional::stream).toList();
    }
}
