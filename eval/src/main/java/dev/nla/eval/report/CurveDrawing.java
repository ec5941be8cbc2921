package dev.nla.eval.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a curve by XChart and fits the picture into a page: its colours follow the page's, its names don't clash with other pictures'. */
final class CurveDrawing {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 190;

    /** Stand-ins that no chart has otherwise; in the page they become its variables. */
    private static final Color INK = new Color(1, 1, 1);

    private static final Color GRID = new Color(2, 2, 2);
    private static final Color LINE = new Color(3, 3, 3);
    private static final Color NONE = new Color(0, 0, 0, 0);

    private CurveDrawing() {}

    /**
     * An SVG element.
     *
     * @param number tells it from the page's other curves
     * @param label for those who can't see it
     */
    static String svg(Curve curve, int number, String label) {
        String drawn = drawn(chart(curve));
        String inner = drawn.substring(drawn.indexOf('>', drawn.indexOf("<svg")) + 1)
                .replaceAll("clip\\d+", "plot" + number)
                .replaceAll("(\\d\\.\\d{1,2})\\d+", "$1")
                .replace(css(INK), "var(--soft)")
                .replace(css(GRID), "var(--line)")
                .replace(css(LINE), "var(--accent)");
        String box = "0 0 " + WIDTH + " " + HEIGHT;
        return "<svg viewBox=\"" + box + "\" role=\"img\" aria-label=\"" + Escaped.of(label) + "\">" + inner;
    }

    private static XYChart chart(Curve curve) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("step")
                .build();
        style(chart.getStyler());
        chart.setCustomXAxisTickLabelsFormatter(CurveDrawing::tick);
        chart.setCustomYAxisTickLabelsFormatter(CurveDrawing::tick);
        List<Curve.Point> points = curve.points();
        XYSeries series = chart.addSeries(
                curve.metric(),
                points.stream().mapToDouble(Curve.Point::step).toArray(),
                points.stream().mapToDouble(Curve.Point::value).toArray());
        series.setLineColor(LINE);
        series.setLineWidth(1.5f);
        series.setMarkerColor(LINE);
        series.setMarker(points.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        return chart;
    }

    private static void style(XYStyler style) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        style.setLocale(Locale.ROOT);
        style.setLegendVisible(false);
        style.setChartTitleVisible(false);
        style.setChartPadding(2);
        style.setChartBackgroundColor(NONE);
        style.setPlotBackgroundColor(NONE);
        style.setPlotBorderVisible(false);
        style.setChartFontColor(INK);
        style.setAxisTitleFont(plain);
        style.setAxisTickLabelsFont(plain);
        style.setAxisTickLabelsColor(INK);
        style.setAxisTickMarksColor(INK);
        style.setPlotGridVerticalLinesVisible(false);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setXAxisTickMarkSpacingHint(70);
        style.setYAxisTickMarkSpacingHint(40);
    }

    /** Ticks are sums of steps that binary fractions can't hold: 0.11000000000000001 is 0.11. */
    private static String tick(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(5));
        return Math.abs(value) < 1e-9 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String drawn(XYChart chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String css(Color color) {
        return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
    }
}
