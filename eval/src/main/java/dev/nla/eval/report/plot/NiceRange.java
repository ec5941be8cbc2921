package dev.nla.eval.report.plot;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/**
 * Ends of an axis that are round numbers, with all that is shown between them.
 *
 * @param low the lower end
 * @param high the upper one, above it
 * @param step from tick to tick, of which there are several
 */
record NiceRange(double low, double high, double step) {
    /** About how many steps from tick to tick there are to be. */
    private static final int STEPS = 4;

    /** The range of values, of which there is at least one, all of them finite. */
    static NiceRange of(DoubleStream values) {
        DoubleSummaryStatistics found = values.summaryStatistics();
        double spread = found.getMax() - found.getMin();
        double largest = Math.max(Math.abs(found.getMax()), Math.abs(found.getMin()));
        double room = spread > 1e-6 * largest ? 0 : largest > 0 ? largest / 2 : 0.5;
        double step = step(spread + 2 * room);
        return new NiceRange(
                step * Math.floor((found.getMin() - room) / step + 1e-9),
                step * Math.ceil((found.getMax() + room) / step - 1e-9),
                step);
    }

    /** How many ticks there are, the ends among them. */
    int count() {
        return (int) Math.round((high - low) / step) + 1;
    }

    /** The tick with this number, counted from 0; beyond the last one that. */
    double tick(int number) {
        return low + Math.min(number, count() - 1) * step;
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double spread) {
        double wanted = spread / STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double times = wanted / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }
}
