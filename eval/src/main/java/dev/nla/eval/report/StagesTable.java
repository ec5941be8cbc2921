package dev.nla.eval.report;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.render.Grid;
import dev.nla.eval.render.Rounded;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.stats.Estimate;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The stages of a run side by side, as a table for people: one column a stage, centred figures first. */
public final class StagesTable {
    private StagesTable() {}

    /** The table; ends with a line break. */
    public static String text(StagesReport report) {
        Table table = Table.create("");
        add(table, report, "stage", EvaluatedStage::name);
        add(table, report, "centred gap", centred(result -> Rounded.signed(result.gap())));
        add(
                table,
                report,
                "95% from",
                centred(result -> Rounded.signed(result.ci95().low())));
        add(table, report, "to", centred(result -> Rounded.signed(result.ci95().high())));
        add(table, report, "calibrated", centred(result -> Rounded.plain(result.calibrated(), 3)));
        add(table, report, "accuracy", centred(result -> Rounded.plain(result.accuracy(), 3)));
        add(table, report, "recall", stage -> share(stage, TruthReport::recall));
        add(table, report, "precision", stage -> share(stage, TruthReport::precision));
        add(table, report, "invention", stage -> share(stage, TruthReport::invention));
        add(table, report, "words", stage -> Rounded.plain(words(stage.report()), 1));
        add(
                table,
                report,
                "legacy gap",
                stage -> Rounded.signed(result(stage, Form.LEGACY).gap()));
        return Grid.text(Grid.turned(table));
    }

    private static void add(Table table, StagesReport report, String name, Function<EvaluatedStage, String> cell) {
        StringColumn column = StringColumn.create(name);
        report.stages().forEach(stage -> column.append(cell.apply(stage)));
        table.addColumns(column);
    }

    private static GapResult result(EvaluatedStage stage, Form form) {
        return stage.report().gap(form, NegativeRule.THREE_OF_TWENTY);
    }

    private static Function<EvaluatedStage, String> centred(Function<GapResult, String> shown) {
        return stage -> shown.apply(result(stage, Form.CENTERED));
    }

    private static String share(EvaluatedStage stage, Function<TruthReport, Estimate> which) {
        return Rounded.plain(
                stage.report()
                        .truth(TruthMeasure.SLOT)
                        .map(which)
                        .map(Estimate::value)
                        .orElse(Double.NaN),
                3);
    }

    private static double words(GapReport report) {
        return report.truth(TruthMeasure.SLOT).map(TruthReport::meanWords).orElse(Double.NaN);
    }
}
