package dev.nla.model.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the promise of an interval: over many datasets of grouped rows it holds the true mean as often as it says. */
class CoverageTest {
    private static final int DATASETS = 1000;
    private static final int DOCUMENTS = 200;
    private static final int MOST_ROWS = 5;
    private static final int RESAMPLES = 999;

    @Test
    void coversTheMeanOfNormalRows() {
        assertThat(coverage(dataset -> overDocuments(rows(Grouped.NORMAL, dataset), dataset)))
                .isBetween(0.93, 0.97);
    }

    @Test
    void coversTheMeanOfSkewedRows() {
        assertThat(coverage(dataset -> overDocuments(rows(Grouped.SKEWED, dataset), dataset)))
                .isBetween(0.93, 0.97);
    }

    @Test
    void drawingRowsOneByOneCoversTooSeldom() {
        assertThat(coverage(dataset -> overRows(rows(Grouped.NORMAL, dataset), dataset)))
                .isLessThan(0.90);
        assertThat(coverage(dataset -> overRows(rows(Grouped.SKEWED, dataset), dataset)))
                .isLessThan(0.90);
    }

    /** The part of the intervals, one a dataset, that hold the true mean. */
    private static double coverage(IntFunction<Interval> interval) {
        return IntStream.range(0, DATASETS)
                        .filter(dataset -> interval.apply(dataset).contains(0))
                        .count()
                / (double) DATASETS;
    }

    private static Grouped rows(ToDoubleFunction<SplittableRandom> part, int dataset) {
        return Grouped.draw(DOCUMENTS, MOST_ROWS, part, 1_000_000 + dataset);
    }

    private static Interval overDocuments(Grouped rows, long seed) {
        return new DocumentBootstrap(RESAMPLES, seed)
                .of(rows.documents())
                .mean("value", rows.values())
                .ci95()
                .orElseThrow();
    }

    private static Interval overRows(Grouped rows, long seed) {
        return new DocumentBootstrap(RESAMPLES, seed)
                .of(Documents.each(rows.values().length))
                .mean("value", rows.values())
                .ci95()
                .orElseThrow();
    }
}
