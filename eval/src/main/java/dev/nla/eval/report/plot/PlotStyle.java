package dev.nla.eval.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;

/** How charts look on a page: plain, no legend, no title, in stand-in colours that become the page's own. */
final class PlotStyle {
    /** The colour of words. */
    static final Color INK = new Color(1, 1, 1);

    /** The colour of the grid. */
    static final Color GRID = new Color(2, 2, 2);

    private static final Color NONE = new Color(0, 0, 0, 0);

    private PlotStyle() {}

    /**
     * An empty chart.
     *
     * @param width in units of the picture, which is as wide as its place on the page
     * @param height in the same units
     * @param across title of the axis from left to right
     * @param up title of the other axis; may be empty
     */
    static XYChart chart(int width, int height, String across, String up) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
        style(chart.getStyler());
        chart.getStyler().setYAxisTitleVisible(!up.isEmpty());
        chart.setCustomXAxisTickLabelsFormatter(PlotStyle::tick);
        chart.setCustomYAxisTickLabelsFormatter(PlotStyle::tick);
        return chart;
    }

    private static void style(XYStyler style) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        style.setLocale(Locale.ROOT);
        style.setLegendVisible(false);
        style.setChartTitleVisible(false);
        style.setChartPadding(12);
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
        style.setYAxisLabelAlignment(TextAlignment.Right);
    }

    /** Ticks are sums of steps that binary fractions can't hold: 0.11000000000000001 is 0.11. */
    private static String tick(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(5));
        return Math.abs(value) < 1e-9 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
