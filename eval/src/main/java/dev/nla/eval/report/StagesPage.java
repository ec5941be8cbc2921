package dev.nla.eval.report;

import dev.nla.eval.report.part.Bar;
import dev.nla.eval.report.part.Sample;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.report.plot.CurvePlots;
import dev.nla.eval.report.plot.Plots;
import dev.nla.eval.truth.TruthMeasure;
import java.util.List;

/**
 * A {@link StagesReport} as {@code stages.jte} shows it.
 *
 * @param title its heading
 * @param truth whether descriptions were held against facts
 * @param table figures of all stages; empty where there are none
 * @param bars gaps of all stages
 * @param training curves run by run; may be empty
 * @param samples those that are shown; may be empty
 * @param ofSamples how many there are
 * @param provenance may be empty
 */
public record StagesPage(
        String title,
        boolean truth,
        Table table,
        List<Bar> bars,
        List<CurvePlots> training,
        List<Sample> samples,
        int ofSamples,
        Table provenance) {
    static StagesPage of(StagesReport report) {
        List<EvaluatedStage> stages = report.stages();
        List<Sample> samples = report.samples();
        return new StagesPage(
                report.title(),
                stages.stream()
                        .anyMatch(
                                stage -> stage.report().truth(TruthMeasure.SLOT).isPresent()),
                stages.isEmpty() ? Table.of(List.of()) : StageTable.of(stages),
                StageBars.of(stages),
                CurvePlots.of(report.curves(), new Plots()),
                samples.subList(0, Math.min(ReportPage.MOST_SAMPLES, samples.size())),
                samples.size(),
                ProvenanceTables.table(report.provenance()));
    }
}
