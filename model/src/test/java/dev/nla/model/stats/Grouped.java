package dev.nla.model.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Rows that come in documents, their values a document's own part plus a row's own part; the true mean is 0.
 *
 * @param documentOfRow [N] names
 * @param values [N]
 */
record Grouped(List<String> documentOfRow, double[] values) {
    /** Mean 0, variance 1. */
    static final ToDoubleFunction<SplittableRandom> NORMAL = SplittableRandom::nextGaussian;

    /** Exponential less its mean: mean 0, variance 1, skewness 2. */
    static final ToDoubleFunction<SplittableRandom> SKEWED = random -> -Math.log(1 - random.nextDouble()) - 1;

    /** Documents of one to {@code mostRows} rows, as much between documents as within them. */
    static Grouped draw(int documents, int mostRows, ToDoubleFunction<SplittableRandom> part, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> documentOfRow = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int document = 0; document < documents; document++) {
            double ofDocument = part.applyAsDouble(random);
            int rows = 1 + random.nextInt(mostRows);
            for (int row = 0; row < rows; row++) {
                documentOfRow.add("document " + document);
                values.add(ofDocument + part.applyAsDouble(random));
            }
        }
        return new Grouped(
                documentOfRow, values.stream().mapToDouble(value -> value).toArray());
    }

    Documents documents() {
        return Documents.of(documentOfRow);
    }

    /** The values plus {@code shift} plus normal noise of a row's own. */
    double[] shifted(double shift, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] shifted = values.clone();
        for (int row = 0; row < shifted.length; row++) {
            shifted[row] += shift + noise * random.nextGaussian();
        }
        return shifted;
    }
}
