package dev.nla.eval.report;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Cell;
import dev.nla.eval.report.part.Table;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The figures of all stages: a column a stage, so that the page stays narrow. */
final class StageTable {
    private final List<Table.Line> lines = new ArrayList<>();
    private final List<EvaluatedStage> stages;

    private StageTable(List<EvaluatedStage> stages) {
        this.stages = stages;
    }

    static Table of(List<EvaluatedStage> stages) {
        return new StageTable(stages).table();
    }

    private Table table() {
        line("centred gap, 3 of 20", stage -> gap(stage, Form.CENTERED, NegativeRule.THREE_OF_TWENTY));
        line(
                "calibrated",
                "that gap between its floor, 0, and its ceiling, 1",
                stage -> plain(decisive(stage.report()).calibrated(), 3));
        line(
                "accuracy (chance)",
                "how often the own activation is the nearest of 4",
                stage -> accuracy(decisive(stage.report())));
        line(
                "legacy gap, 3 of 20",
                "by raw cosines, nothing subtracted",
                stage -> gap(stage, Form.LEGACY, NegativeRule.THREE_OF_TWENTY));
        line("centred gap, all 20", stage -> gap(stage, Form.CENTERED, NegativeRule.ALL_TWENTY));
        line(
                "fve_nrm",
                Metrics.FVE_NRM.meaning(),
                stage -> Cell.signed(stage.report().fve().nrm(), Optional.empty()));
        if (stages.stream()
                .anyMatch(stage -> stage.report().truth(TruthMeasure.SLOT).isPresent())) {
            line("recall of facts", stage -> share(stage, TruthReport::recall));
            line("precision of claims", stage -> share(stage, TruthReport::precision));
            line("wrong claims", stage -> share(stage, TruthReport::wrong));
            line("invented claims", stage -> share(stage, TruthReport::invention));
            line("mean length, words", StageTable::words);
        }
        line("mean length, tokens", stage -> plain(stage.meanTokens(), 1));
        return Table.of(stages.stream().map(EvaluatedStage::name).toList(), lines);
    }

    /** The gap to decide by. */
    static GapResult decisive(GapReport report) {
        return report.gap(Form.CENTERED, NegativeRule.THREE_OF_TWENTY);
    }

    private void line(String name, Function<EvaluatedStage, Cell> cell) {
        line(name, "", cell);
    }

    private void line(String name, String meaning, Function<EvaluatedStage, Cell> cell) {
        lines.add(new Table.Line(name, meaning, stages.stream().map(cell).toList()));
    }

    private static Cell plain(double value, int digits) {
        return Cell.of(Rounded.plain(value, digits));
    }

    private static Cell gap(EvaluatedStage stage, Form form, NegativeRule rule) {
        GapResult result = stage.report().gap(form, rule);
        return Cell.signed(result.gap(), Optional.of(result.ci95()));
    }

    private static Cell accuracy(GapResult result) {
        return plain(result.accuracy(), 3).beside("(" + Rounded.plain(result.chance(), 3) + ")");
    }

    private static Cell share(EvaluatedStage stage, Function<TruthReport, Estimate> which) {
        return stage.report()
                .truth(TruthMeasure.SLOT)
                .map(which)
                .map(share -> Cell.plain(share.value(), share.ci95()))
                .orElse(Cell.of(Rounded.UNDEFINED));
    }

    private static Cell words(EvaluatedStage stage) {
        return plain(
                stage.report()
                        .truth(TruthMeasure.SLOT)
                        .map(TruthReport::meanWords)
                        .orElse(Double.NaN),
                1);
    }
}
