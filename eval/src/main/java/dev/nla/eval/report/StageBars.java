package dev.nla.eval.report;

import dev.nla.eval.gap.GapResult;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Bar;
import dev.nla.eval.report.part.BarScale;
import dev.nla.eval.report.part.Cell;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** A bar a stage from the floor of its gap to the ceiling, with the gap and its interval on it; all on one scale of gaps. */
final class StageBars {
    private StageBars() {}

    static List<Bar> of(List<EvaluatedStage> stages) {
        BarScale scale = BarScale.of(stages.stream()
                .map(stage -> StageTable.decisive(stage.report()))
                .flatMapToDouble(StageBars::ends));
        return stages.stream()
                .map(stage -> bar(stage.name(), StageTable.decisive(stage.report()), scale))
                .toList();
    }

    private static DoubleStream ends(GapResult gap) {
        return DoubleStream.of(
                0, gap.floor(), gap.ceiling(), gap.ci95().low(), gap.ci95().high());
    }

    private static Bar bar(String stage, GapResult gap, BarScale scale) {
        String label = "%s: gap %s, interval %s, floor %s, ceiling %s"
                .formatted(
                        stage,
                        Rounded.signed(gap.gap()),
                        Rounded.signed(gap.ci95()),
                        Rounded.signed(gap.floor()),
                        Rounded.signed(gap.ceiling()));
        return new Bar(
                stage,
                "",
                label,
                Optional.of(scale.at(0)),
                scale.span(gap.floor(), gap.ceiling()),
                Optional.of(scale.span(gap.ci95().low(), gap.ci95().high())),
                List.of(),
                scale.at(gap.gap()),
                Cell.signed(gap.gap(), Optional.empty()));
    }
}
