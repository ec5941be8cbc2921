package dev.nla.eval.report.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What a chart shows, in numbers of its axes: the page draws it itself, so that it can be pointed at.
 *
 * @param width in units of the picture, which is as wide as its place on the page
 * @param height in the same units
 * @param across title of the axis from left to right
 * @param up title of the other axis
 * @param lines below all points
 * @param points the later upon the earlier
 */
record Drawing(int width, int height, String across, String up, List<Line> lines, List<Point> points) {
    Drawing {
        lines = List.copyOf(lines);
        points = List.copyOf(points);
    }

    /** A line through points; its kind is a class of the page's style. */
    record Line(String kind, double[] x, double[] y) {}

    /** A point; its kind is a class of the page's style, and its title is read when it is pointed at. */
    record Point(String kind, double x, double y, String title) {}

    /** The axes alone, from one round number to another. */
    XYChart axes() {
        XYChart chart = PlotStyle.chart(width, height, across, up);
        NiceRange x =
                NiceRange.of(all(lines.stream().map(Line::x), points.stream().mapToDouble(Point::x)));
        NiceRange y =
                NiceRange.of(all(lines.stream().map(Line::y), points.stream().mapToDouble(Point::y)));
        chart.getStyler().setXAxisMin(x.low()).setXAxisMax(x.high());
        chart.getStyler().setYAxisMin(y.low()).setYAxisMax(y.high());
        // where there are few values, XChart makes its ticks of them
        int ticks = Math.max(x.count(), y.count());
        XYSeries series = chart.addSeries(
                "ticks",
                IntStream.range(0, ticks).mapToDouble(x::tick).toArray(),
                IntStream.range(0, ticks).mapToDouble(y::tick).toArray());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.NONE);
        return chart;
    }

    private static DoubleStream all(Stream<double[]> lines, DoubleStream points) {
        return DoubleStream.concat(lines.flatMapToDouble(Arrays::stream), points);
    }
}
