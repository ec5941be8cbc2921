package dev.nla.eval.report.plot;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

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
                points.title() + ": " + summary,
                () -> chart(points.atMost(MOST_POINTS), range));
    }

    private static XYChart chart(RowPoints points, DoubleSummaryStatistics range) {
        XYChart chart = PlotStyle.chart(SIDE, SIDE, "c", "n");
        double low = range.getMin();
        double high = range.getMax() > low ? range.getMax() : low + 1;
        chart.getStyler().setXAxisMin(low).setXAxisMax(high).setYAxisMin(low).setYAxisMax(high);
        chart.getStyler().setMarkerSize(4);
        XYSeries same = chart.addSeries("c = n", new double[] {low, high}, new double[] {low, high});
        same.setLineColor(PlotStyle.INK);
        same.setLineWidth(1f);
        same.setMarker(SeriesMarkers.NONE);
        XYSeries rows = chart.addSeries("rows", points.c(), points.n());
        rows.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        rows.setMarker(SeriesMarkers.CIRCLE);
        rows.setMarkerColor(PlotStyle.POINT);
        return chart;
    }
}
