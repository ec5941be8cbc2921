package dev.nla.eval.report;

import java.awt.AWTError;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** The charts of one page as SVG: their colours follow the page's, and names inside of them don't clash. */
public final class Plots {
    private int drawn;

    /**
     * A figure. A machine without fonts can't draw, but should not lose the rest of the page over it: there it says so instead.
     *
     * @param name what it shows
     * @param summary the same in numbers, for its caption
     * @param label for those who can't see it
     * @param chart in the colours of {@link PlotStyle}
     */
    public String figure(String name, String summary, String label, Supplier<XYChart> chart) {
        return """
                <figure><figcaption><b>%s</b> <small>%s</small></figcaption>
                %s</figure>
                """.formatted(Escaped.of(name), Escaped.of(summary), picture(label, chart));
    }

    private String picture(String label, Supplier<XYChart> chart) {
        try {
            return svg(chart.get(), drawn++, label);
        } catch (RuntimeException | InternalError | LinkageError | AWTError e) {
            return "<p>not drawn: " + Escaped.of(e.toString()) + " (are fonts and fontconfig installed?)</p>\n";
        }
    }

    private static String svg(XYChart chart, int number, String label) {
        String drawn = drawn(chart);
        String inner = drawn.substring(drawn.indexOf('>', drawn.indexOf("<svg")) + 1)
                .replaceAll("clip\\d+", "plot" + number)
                .replaceAll("(\\d\\.\\d{1,2})\\d+", "$1")
                .replace(css(PlotStyle.INK), "var(--soft)")
                .replace(css(PlotStyle.GRID), "var(--line)")
                .replace(css(PlotStyle.LINE), "var(--accent)");
        String box = "0 0 " + chart.getWidth() + " " + chart.getHeight();
        return "<svg viewBox=\"" + box + "\" role=\"img\" aria-label=\"" + Escaped.of(label) + "\">" + inner;
    }

    private static String drawn(XYChart chart) {
        try {
            return new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String css(Color color) {
        return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
    }
}
