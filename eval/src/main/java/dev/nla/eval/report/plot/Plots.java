package dev.nla.eval.report.plot;

import java.awt.AWTError;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** Draws the charts of one page as SVG: their colours follow the page's, and names inside of them don't clash. */
public final class Plots {
    private int drawn;

    /** A machine without fonts can't draw, but should not lose the rest of the page over it: there the plot says so instead. */
    Plot plot(String name, String summary, String meaning, String label, Supplier<Drawing> drawing) {
        try {
            Plot.Picture picture = picture(drawing.get(), drawn++);
            return new Plot(name, summary, meaning, label, Optional.of(picture), "");
        } catch (RuntimeException | InternalError | LinkageError | AWTError e) {
            return new Plot(name, summary, meaning, label, Optional.empty(), e.toString());
        }
    }

    private static Plot.Picture picture(Drawing drawing, int number) {
        XYChart chart = drawing.axes();
        String svg = drawn(chart);
        String axes = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
                .replaceAll("clip\\d+", "plot" + number)
                .replaceAll("(\\d\\.\\d{1,2})\\d+", "$1")
                .replace(css(PlotStyle.INK), "var(--soft)")
                .replace(css(PlotStyle.GRID), "var(--line)");
        return new Plot.Picture(
                chart.getWidth(),
                chart.getHeight(),
                axes,
                drawing.lines().stream().map(line -> line(line, chart)).toList(),
                drawing.points().stream().map(point -> point(point, chart)).toList());
    }

    private static Plot.Line line(Drawing.Line line, XYChart chart) {
        String places = IntStream.range(0, line.x().length)
                .mapToObj(i -> across(line.x()[i], chart) + "," + up(line.y()[i], chart))
                .collect(Collectors.joining(" "));
        return new Plot.Line(line.kind(), places);
    }

    private static Plot.Point point(Drawing.Point point, XYChart chart) {
        return new Plot.Point(point.kind(), across(point.x(), chart), up(point.y(), chart), point.title());
    }

    private static String across(double value, XYChart chart) {
        return String.format(Locale.ROOT, "%.1f", chart.getScreenXFromChart(value));
    }

    private static String up(double value, XYChart chart) {
        return String.format(Locale.ROOT, "%.1f", chart.getScreenYFromChart(value));
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
