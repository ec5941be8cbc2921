package dev.nla.eval.report;

import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A curve over its steps. */
final class CurveDrawing {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 190;

    private CurveDrawing() {}

    static XYChart chart(Curve curve) {
        XYChart chart = PlotStyle.chart(WIDTH, HEIGHT, "step", "");
        List<Curve.Point> points = curve.points();
        XYSeries series = chart.addSeries(
                curve.metric(),
                points.stream().mapToDouble(Curve.Point::step).toArray(),
                points.stream().mapToDouble(Curve.Point::value).toArray());
        series.setLineColor(PlotStyle.LINE);
        series.setLineWidth(1.5f);
        series.setMarkerColor(PlotStyle.LINE);
        series.setMarker(points.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        return chart;
    }
}
