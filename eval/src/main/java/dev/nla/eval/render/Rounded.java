package dev.nla.eval.render;

import dev.nla.eval.metric.Unit;
import dev.nla.model.stats.Interval;
import java.util.Locale;

/** Numbers rounded for reading; one that is not defined is {@value #UNDEFINED}. */
public final class Rounded {
    /** What stands for NaN and infinity. */
    public static final String UNDEFINED = "n/a";

    private Rounded() {}

    /** Four digits behind the point, with a sign. */
    public static String signed(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%+.4f", value) : UNDEFINED;
    }

    /** {@code digits} digits behind the point. */
    public static String plain(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : UNDEFINED;
    }

    /** As values of the unit are shown: with a sign and four digits, or without and with three. */
    public static String of(double value, Unit unit) {
        return unit.signed() ? signed(value) : plain(value, 3);
    }

    /** Both ends, as {@link #of(double, Unit)}. */
    public static String of(Interval interval, Unit unit) {
        return unit.signed() ? signed(interval) : plain(interval, 3);
    }

    /** Both ends, as {@link #signed}. */
    public static String signed(Interval interval) {
        return "[" + signed(interval.low()) + ", " + signed(interval.high()) + "]";
    }

    /** Both ends, as {@link #plain(double, int)}. */
    public static String plain(Interval interval, int digits) {
        return "[" + plain(interval.low(), digits) + ", " + plain(interval.high(), digits) + "]";
    }
}
