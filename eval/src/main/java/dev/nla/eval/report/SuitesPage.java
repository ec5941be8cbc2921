package dev.nla.eval.report;

import dev.nla.eval.metric.Metrics;
import dev.nla.eval.report.part.Sample;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.report.plot.CurvePlots;
import dev.nla.eval.report.plot.Plot;
import dev.nla.eval.report.plot.Plots;
import dev.nla.eval.report.plot.RewardPlots;
import dev.nla.eval.report.plot.RowPoints;
import dev.nla.eval.report.plot.ScatterPlots;
import dev.nla.eval.suite.FinishedSuite;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@link SuitesReport} as {@code suites.jte} shows it.
 *
 * @param title its heading
 * @param notices what must not be overlooked
 * @param metrics of the stages' own words
 * @param conditions the gap of everyone's words
 * @param bars gaps between floor and ceiling
 * @param others what was measured beside scores; may be empty
 * @param differences of consecutive stages; may be empty
 * @param rewards against held-out gaps, a run each; may be empty
 * @param training curves run by run; may be empty
 * @param points row by row, a stage and critic each
 * @param kinds the gap by kinds of text; may be empty
 * @param marked whether claims of samples are told right from wrong
 * @param failures stage by stage
 * @param spreadOver the stage that {@code spread} is of
 * @param spread rows as they come
 * @param provenance of the stages
 * @param omitted what the stages had to leave out; may be empty
 * @param own provenance of the page
 */
public record SuitesPage(
        String title,
        List<Notice> notices,
        Table metrics,
        Table conditions,
        SuiteBars bars,
        Table others,
        List<StageDifference> differences,
        List<Plot> rewards,
        List<CurvePlots> training,
        List<Plot> points,
        List<KindTable> kinds,
        boolean marked,
        List<Failures> failures,
        String spreadOver,
        List<Sample> spread,
        Table provenance,
        List<String> omitted,
        Table own) {
    private static final int MOST_FAILURES = 5;
    private static final int MOST_ROWS = 10;

    /**
     * Rows with the lowest gap.
     *
     * @param stage whose
     * @param samples lowest first
     */
    public record Failures(String stage, List<Sample> samples) {}

    static SuitesPage of(SuitesReport report) {
        List<FinishedSuite> stages = report.stages();
        RowSamples samples = new RowSamples(stages);
        Plots plots = new Plots();
        return new SuitesPage(
                "Evaluation of " + stages.stream().map(FinishedSuite::name).collect(Collectors.joining(", ")),
                Notice.of(report),
                ScoreTables.metrics(stages, report.metrics()),
                ScoreTables.conditions(stages),
                SuiteBars.of(stages),
                OtherFigures.of(stages),
                report.comparisons().stream().map(StageDifference::of).toList(),
                RewardPlots.of(report.curves(), plots),
                CurvePlots.of(report.curves(), plots),
                ScatterPlots.of(
                        Column.of(stages).stream().flatMap(SuitesPage::points).toList(), plots),
                KindTable.of(report),
                samples.marked(),
                stages.stream()
                        .map(stage -> new Failures(stage.name(), samples.failures(stage, MOST_FAILURES)))
                        .toList(),
                stages.get(0).name(),
                samples.spread(MOST_ROWS),
                ProvenanceTables.table(stages),
                ProvenanceTables.omitted(stages),
                ProvenanceTables.table(report.provenance()));
    }

    /** None where the suite lacks what the picture needs. */
    private static Stream<RowPoints> points(Column column) {
        return column.stage().of(column.critic(), Metrics.COSINE_CENTERED).stream()
                .flatMap(c -> column.stage().of(column.critic(), Metrics.GAP_CENTERED_3).stream()
                        .map(gaps -> RowPoints.of(column.title(), c, gaps)));
    }
}
