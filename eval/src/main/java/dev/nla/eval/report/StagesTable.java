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

/** The stages of a run side by side, as a table for people: one row a stage. */
public final class StagesTable {
    private StagesTable() {}

    /** The table; ends with a line break. */
    public static String text(StagesReport report) {
        Table table = Table.create("");
        add(table, report, "stage", EvaluatedStage::name);
        add(table, report, "centred gap", stage -> gap(stage, Form.CENTERED));
        add(
                table,
                report,
                "calibrated",
                stage -> Rounded.plain(result(stage, Form.CENTERED).calibrated(), 3));
        add(
                table,
                report,
                "accuracy",
                stage -> Rounded.plain(result(stage, Form.CENTERED).accuracy(), 3));
        add(
                table,
                report,
                "legacy gap",
                stage -> Rounded.signed(result(stage, Form.LEGACY).gap()));
        add(table, report, "recall", stage -> share(stage, TruthReport::recall));
        add(table, report, "precision", stage -> share(stage, TruthReport::precision));
        add(table, report, "invention", stage -> share(stage, TruthReport::invention));
        add(table, report, "words", stage -> Rounded.plain(words(stage.report()), 1));
        return Grid.text(table);
    }

    private static void add(Table table, StagesReport report, String name, Function<EvaluatedStage, String> cell) {
        StringColumn column = StringColumn.create(name);
        report.stages().forEach(stage -> column.append(cell.apply(stage)));
        table.addColumns(column);
    }

    private static GapResult result(EvaluatedStage stage, Form form) {
        return stage.report().gap(form, NegativeRule.THREE_OF_TWENTY);
    }

    private static String gap(EvaluatedStage stage, Form form) {
        GapResult result = result(stage, form);
        return Rounded.signed(result.gap()) + " " + Rounded.signed(result.ci95());
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
