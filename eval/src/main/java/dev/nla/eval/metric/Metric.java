package dev.nla.eval.metric;

import dev.nla.model.gap.RowContext;
import java.util.Optional;

/**
 * Something that is measured of a row's descriptions under a critic. The figure of a suite is the mean over rows, with an interval over
 * documents.
 *
 * <p>One from outside is found on the class path ({@link java.util.ServiceLoader}: a public class with a constructor without parameters, named
 * in {@code META-INF/services/dev.nla.eval.metric.Metric}). It then stands in the tables, files and pages of suites, and is compared, like those
 * of {@link Metrics}. Implementations keep no state.
 */
public interface Metric {
    /** The name in files: small letters, digits and underscores, of which the first is a letter. */
    String key();

    /** The name in tables for reading; one line, not empty. */
    String label();

    /** What its values are. */
    Unit unit();

    /** Which of two values is the better one. */
    default Better better() {
        return Better.LARGER;
    }

    /** What it says, for the reference; one line, not empty. */
    String meaning();

    /**
     * What blind choice gets.
     *
     * @param rows how many rows are ranked among each other
     * @return empty where nothing is chosen
     */
    default Optional<Double> chance(int rows) {
        return Optional.empty();
    }

    /**
     * Its value for a row; the same for the same row whenever it is asked for.
     *
     * @return NaN where the row has none: the metric is then left out of the suite, which says so
     */
    double compute(RowContext row);
}
