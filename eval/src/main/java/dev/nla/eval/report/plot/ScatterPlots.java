package dev.nla.eval.report.plot;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Row by row, c: the cosine with the own activation, against n: the largest with one of the negatives. */
public final class ScatterPlots {
    private static final int SIDE = 300;

    /** More points would make the page large and show no more. */
    private static final int MOST_POINTS = 500;

    private ScatterPlots() {}

    /**
     * A picture each, all on the same axes.
     *
     * @param plots of the page they go to
     */
    public static List<Plot> of(List<RowPoints> all, Plots plots) {
        DoubleSummaryStatistics range = all.stream()
                .flatMapToDouble(points -> DoubleStream.concat(Arrays.stream(points.c()), Arrays.stream(points.n())))
                .summaryStatistics();
        return all.stream().map(points -> plot(points, range, plots)).toList();
    }

    private static Plot plot(RowPoints points, DoubleSummaryStatistics range, Plots plots) {
        String drawn = points.count() > MOST_POINTS ? ", " + MOST_POINTS + " drawn" : "";
        String summary = "c > n in %d of %d rows%s".formatted(points.won(), points.count(), drawn);
        return plots.plot(
                points.title(),
                summary,
                "",
                points.title() + ": " + summary,
                () -> drawing(points.atMost(MOST_POINTS), range));
    }

    private static Drawing drawing(RowPoints rows, DoubleSummaryStatistics range) {
        double low = range.getMin();
        double high = range.getMax() > low ? range.getMax() : low + 1;
        double[] ends = {low, high};
        List<Drawing.Point> points = IntStream.range(0, rows.count())
                .mapToObj(i -> new Drawing.Point(
                        "row",
                        rows.c()[i],
                        rows.n()[i],
                        String.format(
                                Locale.ROOT,
                                "c %.3f, n %.3f, gap %+.3f",
                                rows.c()[i],
                                rows.n()[i],
                                rows.c()[i] - rows.n()[i])))
                .toList();
        return new Drawing(
                SIDE,
                SIDE,
                "c, cosine with the own activation",
                "n, with the hardest negative",
                List.of(new Drawing.Line("same", ends, ends)),
                points);
    }
}
