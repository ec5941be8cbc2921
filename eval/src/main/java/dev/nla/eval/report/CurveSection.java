package dev.nla.eval.report;

import java.awt.AWTError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small pictures of the training curves, run by run. */
final class CurveSection {
    private CurveSection() {}

    static String of(List<Curve> curves) {
        Map<String, List<Curve>> runs = new LinkedHashMap<>();
        curves.forEach(curve ->
                runs.computeIfAbsent(curve.stage(), stage -> new ArrayList<>()).add(curve));
        StringBuilder section = new StringBuilder();
        int number = 0;
        for (Map.Entry<String, List<Curve>> run : runs.entrySet()) {
            section.append("<h3>").append(Escaped.of(run.getKey())).append("</h3>\n<div class=\"curves\">\n");
            for (Curve curve : run.getValue()) {
                section.append(figure(curve, number++));
            }
            section.append("</div>\n");
        }
        return section.toString();
    }

    private static String figure(Curve curve, int number) {
        Curve.Point first = curve.points().get(0);
        Curve.Point last = curve.points().get(curve.points().size() - 1);
        String summary = String.format(
                Locale.ROOT,
                "%.4g at step %d, %.4g at step %d",
                first.value(),
                first.step(),
                last.value(),
                last.step());
        return """
                <figure><figcaption><b>%s</b> <small>%s</small></figcaption>
                %s</figure>
                """.formatted(
                        Escaped.of(curve.metric()),
                        summary,
                        picture(curve, number, curve.stage() + ", " + curve.metric() + ": " + summary));
    }

    /** A machine without fonts can't draw, but should not lose the rest of the report over it. */
    private static String picture(Curve curve, int number, String label) {
        try {
            return CurveDrawing.svg(curve, number, label);
        } catch (RuntimeException | InternalError | LinkageError | AWTError e) {
            return "<p>not drawn: " + Escaped.of(e.toString()) + " (are fonts and fontconfig installed?)</p>\n";
        }
    }
}
