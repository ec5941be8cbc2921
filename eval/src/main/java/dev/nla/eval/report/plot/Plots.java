package dev.nla.eval.report.plot;

import java.awt.AWTError;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** Draws the charts of one page as SVG: their colours follow the page's, and names inside of them don't clash. */
public final class Plots {
    private int drawn;

    /** A machine without fonts can't draw, but should not lose the rest of the page over it: there the plot says so instead. */
    Plot plot(String name, String summary, String label, Supplier<XYChart> chart) {
        try {
            return new Plot(name, summary, label, Optional.of(picture(chart.get(), drawn++)), "");
        } catch (RuntimeException | InternalError | LinkageError | AWTError e) {
            return new Plot(name, summary, label, Optional.empty(), e.toString());
        }
    }

    private static Plot.Picture picture(XYChart chart, int number) {
        String svg = drawn(chart);
        String shapes = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
                .replaceAll("clip\\d+", "plot" + number)
                .replaceAll("(\\d\\.\\d{1,2})\\d+", "$1")
                .replace(css(PlotStyle.INK), "var(--soft)")
                .replace(css(PlotStyle.GRID), "var(--line)")
                .replace(css(PlotStyle.LINE), "var(--accent)");
        return new Plot.Picture(chart.getWidth(), chart.getHeight(), shapes);
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
