package dev.nla.eval.report.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Small pictures of a run's training curves.
 *
 * @param run its name
 * @param plots one a metric
 */
public record CurvePlots(String run, List<Plot> plots) {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 190;

    /** Copies the plots. */
    public CurvePlots {
        plots = List.copyOf(plots);
    }

    /**
     * The pictures run by run.
     *
     * @param plots of the page they go to
     */
    public static List<CurvePlots> of(List<Curve> curves, Plots plots) {
        Map<String, List<Plot>> runs = new LinkedHashMap<>();
        curves.forEach(curve ->
                runs.computeIfAbsent(curve.stage(), run -> new ArrayList<>()).add(plot(curve, plots)));
        return runs.entrySet().stream()
                .map(run -> new CurvePlots(run.getKey(), run.getValue()))
                .toList();
    }

    private static Plot plot(Curve curve, Plots plots) {
        Curve.Point first = curve.points().get(0);
        Curve.Point last = curve.points().get(curve.points().size() - 1);
        String summary = String.format(
                Locale.ROOT,
                "%.4g at step %d, %.4g at step %d",
                first.value(),
                first.step(),
                last.value(),
                last.step());
        return plots.plot(
                curve.metric(),
                summary,
                curve.stage() + ", " + curve.metric() + ": " + summary,
                () -> chart(curve.points()));
    }

    private static XYChart chart(List<Curve.Point> points) {
        XYChart chart = PlotStyle.chart(WIDTH, HEIGHT, "step", "");
        XYSeries series = chart.addSeries(
                "curve",
                points.stream().mapToDouble(Curve.Point::step).toArray(),
                points.stream().mapToDouble(Curve.Point::value).toArray());
        series.setLineColor(PlotStyle.LINE);
        series.setLineWidth(1.5f);
        series.setMarkerColor(PlotStyle.LINE);
        series.setMarker(points.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        return chart;
    }
}
