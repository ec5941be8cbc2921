package dev.nla.eval.report.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Small pictures of a run's training curves.
 *
 * @param run its name
 * @param plots one a metric
 */
public record CurvePlots(String run, List<Plot> plots) {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 190;
    /** So many points can be told apart by pointing at them. */
    private static final int MOST_POINTS = 120;

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
                CurveFile.telling(curve.metric()).meaning(),
                curve.stage() + ", " + curve.metric() + ": " + summary,
                () -> drawing(curve));
    }

    private static Drawing drawing(Curve curve) {
        List<Curve.Point> points = curve.points();
        double[] steps = points.stream().mapToDouble(Curve.Point::step).toArray();
        double[] values = points.stream().mapToDouble(Curve.Point::value).toArray();
        List<Drawing.Line> lines = new ArrayList<>();
        boolean many = points.size() >= Smoothed.FEWEST_POINTS;
        lines.add(new Drawing.Line(many ? "raw" : "whole", steps, values));
        if (many) {
            lines.add(new Drawing.Line("smoothed", steps, Smoothed.of(values)));
        }
        int shown = Math.min(points.size(), MOST_POINTS);
        List<Drawing.Point> read = IntStream.rangeClosed(1, shown)
                .mapToObj(i -> points.get((int) ((long) i * points.size() / shown) - 1))
                .map(point -> new Drawing.Point(
                        many ? "hidden" : "dot",
                        point.step(),
                        point.value(),
                        String.format(Locale.ROOT, "step %d: %.4g", point.step(), point.value())))
                .toList();
        return new Drawing(
                WIDTH, HEIGHT, "step", CurveFile.telling(curve.metric()).axis(), lines, read);
    }

    /** Whether any of the curves is shown smoothed on demand. */
    public boolean smoothed() {
        return plots.stream()
                .flatMap(plot -> plot.picture().stream())
                .anyMatch(picture -> picture.lines().size() > 1);
    }
}
