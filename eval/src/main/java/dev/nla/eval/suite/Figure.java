package dev.nla.eval.suite;

import dev.nla.model.stats.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number of a report.
 *
 * @param section what kind of number
 * @param critic the name of the reconstructor it is under; empty where it is under none
 * @param condition whose words it is about; of a difference, what is subtracted
 * @param metric what is measured
 * @param value NaN where it is not defined
 * @param ci95 bootstrap interval over documents
 * @param chance what blind choice gets
 * @param adjustedP two-sided p-value of a difference, Holm-corrected over the differences of its critic and metric
 */
public record Figure(
        Section section,
        String critic,
        String condition,
        String metric,
        double value,
        Optional<Interval> ci95,
        OptionalDouble chance,
        OptionalDouble adjustedP) {
    /** Kinds of numbers. */
    public enum Section {
        /** Scores of a condition under a critic. */
        SCORES,
        /** Gaps of the perfect reconstruction. */
        CEILING,
        /** Real minus a control, row by row. */
        DIFFERENCES,
        /** The first critic minus the independent one, of the same descriptions. */
        COLLUSION,
        /** How much of the gap above the floor a rewriting leaves. */
        RETENTION,
        /** Descriptions held against facts. */
        TRUTH,
        /** The verbalizer's loss on the rows' own descriptions. */
        LOSS,
        /** The descriptions as texts. */
        TEXT;

        /** The name in files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A number without interval, chance or test. */
    static Figure plain(Section section, String critic, String condition, String metric, double value) {
        return new Figure(
                section,
                critic,
                condition,
                metric,
                value,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** A number with its interval. */
    static Figure of(
            Section section, String critic, String condition, String metric, double value, Optional<Interval> ci95) {
        return new Figure(
                section, critic, condition, metric, value, ci95, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** The same under another name. */
    Figure named(String name) {
        return new Figure(section, critic, condition, name, value, ci95, chance, adjustedP);
    }

    /** The same beside what blind choice gets. */
    Figure besideChance(Optional<Double> of) {
        OptionalDouble shown = of.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        return new Figure(section, critic, condition, metric, value, ci95, shown, adjustedP);
    }

    /** The same with a p-value. */
    Figure withP(double p) {
        return new Figure(section, critic, condition, metric, value, ci95, chance, OptionalDouble.of(p));
    }
}
