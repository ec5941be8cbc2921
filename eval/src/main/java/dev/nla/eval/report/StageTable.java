package dev.nla.eval.report;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.stats.Estimate;
import java.util.List;
import java.util.function.Function;

/** The figures of all stages: a column a stage, so that the page stays narrow. */
final class StageTable {
    private final HtmlTable table = new HtmlTable();
    private final List<EvaluatedStage> stages;

    private StageTable(List<EvaluatedStage> stages) {
        this.stages = stages;
    }

    static String of(List<EvaluatedStage> stages) {
        return new StageTable(stages).html();
    }

    private String html() {
        table.heads(stages.stream().map(EvaluatedStage::name).toList());
        line("centred gap, 3 of 20", stage -> gap(stage, Form.CENTERED, NegativeRule.THREE_OF_TWENTY));
        line("calibrated", stage -> Rounded.plain(decisive(stage.report()).calibrated(), 3));
        line("accuracy (chance)", stage -> accuracy(decisive(stage.report())));
        line("legacy gap, 3 of 20", stage -> gap(stage, Form.LEGACY, NegativeRule.THREE_OF_TWENTY));
        line("centred gap, all 20", stage -> gap(stage, Form.CENTERED, NegativeRule.ALL_TWENTY));
        line("fve_nrm", stage -> Rounded.signed(stage.report().fve().nrm()));
        if (stages.stream().anyMatch(stage -> stage.report().truth().isPresent())) {
            line("recall of facts", stage -> share(stage, TruthReport::recall));
            line("precision of claims", stage -> share(stage, TruthReport::precision));
            line("wrong claims", stage -> share(stage, TruthReport::wrong));
            line("invented claims", stage -> share(stage, TruthReport::invention));
            line("mean length, words", StageTable::words);
        }
        line("mean length, tokens", stage -> Rounded.plain(stage.meanTokens(), 1));
        return table.html();
    }

    /** The gap to decide by. */
    static GapResult decisive(GapReport report) {
        return report.gap(Form.CENTERED, NegativeRule.THREE_OF_TWENTY);
    }

    private void line(String name, Function<EvaluatedStage, String> cell) {
        table.line(name, stages.stream().map(cell).toList());
    }

    private static String gap(EvaluatedStage stage, Form form, NegativeRule rule) {
        GapResult result = stage.report().gap(form, rule);
        return Rounded.signed(result.gap()) + HtmlTable.small(Rounded.signed(result.ci95()));
    }

    private static String accuracy(GapResult result) {
        return Rounded.plain(result.accuracy(), 3) + HtmlTable.small("(" + Rounded.plain(result.chance(), 3) + ")");
    }

    private static String share(EvaluatedStage stage, Function<TruthReport, Estimate> which) {
        return stage.report()
                .truth()
                .map(which)
                .map(share -> Rounded.plain(share.value(), 3)
                        + share.ci95()
                                .map(ci95 -> HtmlTable.small(Rounded.plain(ci95, 3)))
                                .orElse(""))
                .orElse(Rounded.UNDEFINED);
    }

    private static String words(EvaluatedStage stage) {
        return Rounded.plain(stage.report().truth().map(TruthReport::meanWords).orElse(Double.NaN), 1);
    }
}
