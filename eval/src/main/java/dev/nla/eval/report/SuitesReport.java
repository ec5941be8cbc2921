package dev.nla.eval.report;

import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.report.plot.Curve;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.comparison.Disagreements;
import dev.nla.eval.suite.comparison.KindGap;
import dev.nla.eval.suite.comparison.StageComparison;
import dev.nla.model.stats.DocumentBootstrap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a page of finished suites shows.
 *
 * @param stages at least one, in the order they are shown
 * @param disagreements what the stages should have in common and have not
 * @param comparisons of each stage with the one before it
 * @param categories the gap by category, a list a stage
 * @param groups the gap by group, a list a stage
 * @param metrics what scores may be of
 * @param curves of training runs, those of a run together
 * @param provenance of the page itself, in the order it is shown
 */
public record SuitesReport(
        List<FinishedSuite> stages,
        List<String> disagreements,
        List<StageComparison> comparisons,
        List<List<KindGap>> categories,
        List<List<KindGap>> groups,
        MetricRegistry metrics,
        List<Curve> curves,
        Map<String, String> provenance) {
    /** Copies everything. */
    public SuitesReport {
        stages = List.copyOf(stages);
        disagreements = List.copyOf(disagreements);
        comparisons = List.copyOf(comparisons);
        categories = List.copyOf(categories);
        groups = List.copyOf(groups);
        curves = List.copyOf(curves);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("no stages");
        }
    }

    /**
     * Holds the stages against each other.
     *
     * @param metrics those that the stages were read with
     * @param bootstrap of the intervals and tests
     */
    public static SuitesReport of(
            List<FinishedSuite> stages,
            MetricRegistry metrics,
            List<Curve> curves,
            DocumentBootstrap bootstrap,
            Map<String, String> provenance) {
        return new SuitesReport(
                stages,
                Disagreements.of(stages),
                StageComparison.consecutive(stages, bootstrap),
                stages.stream()
                        .map(stage -> KindGap.of(stage, row -> row.category(), bootstrap))
                        .toList(),
                stages.stream()
                        .map(stage -> KindGap.of(stage, row -> row.group(), bootstrap))
                        .toList(),
                metrics,
                curves,
                provenance);
    }

    /** How many warnings the page begins with. */
    public int warnings() {
        return disagreements.size()
                + stages.stream()
                        .mapToInt(stage -> stage.report().warnings().size())
                        .sum();
    }
}
