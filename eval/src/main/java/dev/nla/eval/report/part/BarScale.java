package dev.nla.eval.report.part;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * From left to right on a bar.
 *
 * @param low what stands at its left
 * @param high what stands at its right
 */
public record BarScale(double low, double high) {
    /** The scale on which all of these have their place; what is not finite has none. */
    public static BarScale of(DoubleStream values) {
        DoubleSummaryStatistics range = values.filter(Double::isFinite).summaryStatistics();
        return new BarScale(range.getMin(), range.getMax());
    }

    /** The place of a value in percent of the width, with a little room at both ends; that of no finite value is the left one. */
    public String at(double value) {
        double width = high - low;
        double part = width > 0 && Double.isFinite(value) ? (value - low) / width : 0;
        return String.format(Locale.ROOT, "%.2f%%", 2 + 96 * part);
    }

    /** The places of two values. */
    public Bar.Span span(double from, double to) {
        return new Bar.Span(at(from), at(to));
    }
}
