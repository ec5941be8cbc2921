package dev.nla.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small pictures of the training curves, run by run. */
public final class CurveSection {
    private CurveSection() {}

    /**
     * The pictures below the names of their runs.
     *
     * @param plots of the page they go to
     */
    public static String of(List<Curve> curves, Plots plots) {
        Map<String, List<Curve>> runs = new LinkedHashMap<>();
        curves.forEach(curve ->
                runs.computeIfAbsent(curve.stage(), stage -> new ArrayList<>()).add(curve));
        StringBuilder section = new StringBuilder();
        runs.forEach((run, own) -> {
            section.append("<h3>").append(Escaped.of(run)).append("</h3>\n<div class=\"curves\">\n");
            own.forEach(curve -> section.append(figure(curve, plots)));
            section.append("</div>\n");
        });
        return section.toString();
    }

    private static String figure(Curve curve, Plots plots) {
        Curve.Point first = curve.points().get(0);
        Curve.Point last = curve.points().get(curve.points().size() - 1);
        String summary = String.format(
                Locale.ROOT,
                "%.4g at step %d, %.4g at step %d",
                first.value(),
                first.step(),
                last.value(),
                last.step());
        return plots.figure(
                curve.metric(),
                summary,
                curve.stage() + ", " + curve.metric() + ": " + summary,
                () -> CurveDrawing.chart(curve));
    }
}
