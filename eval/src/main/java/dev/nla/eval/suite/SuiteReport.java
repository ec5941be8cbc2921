package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.model.stats.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a suite found.
 *
 * @param rows N
 * @param documents they are from; intervals are over these
 * @param samples descriptions a row
 * @param seed of everything drawn
 * @param critics names of the reconstructors, that of training first
 * @param figures all numbers, in the order they are shown
 * @param omitted conditions and metrics that could not be had, with the reason
 * @param warnings what a reader must not overlook
 * @param provenance what was evaluated
 */
public record SuiteReport(
        int rows,
        int documents,
        int samples,
        long seed,
        List<String> critics,
        List<Figure> figures,
        Map<String, String> omitted,
        List<String> warnings,
        Map<String, Object> provenance) {
    /** Copies the lists. */
    public SuiteReport {
        critics = List.copyOf(critics);
        figures = List.copyOf(figures);
        warnings = List.copyOf(warnings);
        omitted = new LinkedHashMap<>(omitted);
        provenance = new LinkedHashMap<>(provenance);
    }

    /** The same with warnings. */
    SuiteReport with(List<String> given) {
        return new SuiteReport(rows, documents, samples, seed, critics, figures, omitted, given, provenance);
    }

    /** One number. */
    public Optional<Figure> figure(Figure.Section section, String critic, String condition, String metric) {
        return figures.stream()
                .filter(f -> f.section() == section
                        && f.critic().equals(critic)
                        && f.condition().equals(condition)
                        && f.metric().equals(metric))
                .findFirst();
    }

    /** A score of a condition under a critic; NaN where there is none. */
    public double score(String critic, Condition condition, Metric metric) {
        return figure(Figure.Section.SCORES, critic, condition.key(), metric.key())
                .map(Figure::value)
                .orElse(Double.NaN);
    }

    /** The gap of the perfect reconstruction; empty where it was not measured. */
    public Optional<Figure> ceiling(Metric gap) {
        return figure(Figure.Section.CEILING, "", CeilingFigures.PERFECT, gap.key());
    }

    /** The interval of a score. */
    public Optional<Interval> interval(String critic, Condition condition, Metric metric) {
        return figure(Figure.Section.SCORES, critic, condition.key(), metric.key())
                .flatMap(Figure::ci95);
    }
}
