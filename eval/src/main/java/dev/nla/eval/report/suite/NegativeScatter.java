package dev.nla.eval.report.suite;

import dev.nla.eval.metric.Metrics;
import dev.nla.eval.report.PlotStyle;
import dev.nla.eval.report.Plots;
import dev.nla.eval.suite.FinishedSuite;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Row by row, c: the cosine with the own activation, against n: the largest with one of the negatives. */
final class NegativeScatter {
    private static final int SIDE = 300;

    /** More points would make the page large and show no more. */
    private static final int MOST_POINTS = 500;

    private static final String EXPLANATION = """
            <h3>Own activation against the hardest negative</h3>
            <p>One point a row: c is the centred cosine of the reconstruction with the row's own activation, n the largest with one of three
            of its neighbours; the gap is c - n. Right of the line the own activation wins. Points that rise along the line tell what kind
            of text it is, but not which.</p>
            """;

    private NegativeScatter() {}

    static String of(List<FinishedSuite> stages, Plots plots) {
        List<Points> all = Column.of(stages).stream()
                .filter(column -> column.stage()
                                .of(column.critic(), Metrics.COSINE_CENTERED)
                                .isPresent()
                        && column.stage()
                                .of(column.critic(), Metrics.GAP_CENTERED_3)
                                .isPresent())
                .map(Points::of)
                .toList();
        DoubleSummaryStatistics range = all.stream()
                .flatMapToDouble(points -> DoubleStream.concat(Arrays.stream(points.c), Arrays.stream(points.n)))
                .summaryStatistics();
        return EXPLANATION + "<div class=\"curves\">\n"
                + all.stream().map(points -> figure(points, range, plots)).collect(Collectors.joining()) + "</div>\n";
    }

    /** All rows of a stage under a critic, [N] each. */
    private record Points(String title, double[] c, double[] n) {
        static Points of(Column column) {
            double[] c =
                    column.stage().of(column.critic(), Metrics.COSINE_CENTERED).orElseThrow();
            double[] gaps =
                    column.stage().of(column.critic(), Metrics.GAP_CENTERED_3).orElseThrow();
            double[] n = new double[c.length];
            Arrays.setAll(n, row -> c[row] - gaps[row]);
            return new Points(column.title(), c, n);
        }

        long won() {
            return IntStream.range(0, c.length).filter(row -> c[row] > n[row]).count();
        }

        /** Some of them, evenly spaced. */
        Points some() {
            int count = Math.min(MOST_POINTS, c.length);
            int[] rows = IntStream.range(0, count)
                    .map(i -> (int) ((long) i * c.length / count))
                    .toArray();
            return new Points(
                    title,
                    Arrays.stream(rows).mapToDouble(row -> c[row]).toArray(),
                    Arrays.stream(rows).mapToDouble(row -> n[row]).toArray());
        }
    }

    private static String figure(Points points, DoubleSummaryStatistics range, Plots plots) {
        String drawn = points.c.length > MOST_POINTS ? ", " + MOST_POINTS + " drawn" : "";
        String summary = "c > n in %d of %d rows%s".formatted(points.won(), points.c.length, drawn);
        return plots.figure(points.title, summary, points.title + ": " + summary, () -> chart(points.some(), range));
    }

    private static XYChart chart(Points points, DoubleSummaryStatistics range) {
        XYChart chart = PlotStyle.chart(SIDE, SIDE, "c", "n");
        double low = range.getMin();
        double high = range.getMax() > low ? range.getMax() : low + 1;
        chart.getStyler().setXAxisMin(low).setXAxisMax(high).setYAxisMin(low).setYAxisMax(high);
        chart.getStyler().setMarkerSize(4);
        XYSeries same = chart.addSeries("c = n", new double[] {low, high}, new double[] {low, high});
        same.setLineColor(PlotStyle.INK);
        same.setLineWidth(1f);
        same.setMarker(SeriesMarkers.NONE);
        XYSeries rows = chart.addSeries("rows", points.c, points.n);
        rows.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        rows.setMarker(SeriesMarkers.CIRCLE);
        rows.setMarkerColor(PlotStyle.POINT);
        return chart;
    }
}
