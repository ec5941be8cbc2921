package dev.nla.eval.render;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A {@link GapReport} as a table for people. */
public final class GapReportTable {
    /**
     * The table, with what it rests on above and the fractions of variance explained and controls below, and others of the truth of
     * descriptions by slot and by value where it is known; ends with a line break.
     */
    public String text(GapReport report) {
        boolean grouped = report.documents() < report.texts();
        return String.format(
                Locale.ROOT,
                "%d texts%s, %d description%s each, seed %d; 95%% bootstrap intervals over %s%n%n%s%nfve_nrm %s   fve_meannorm %s%n%s%s",
                report.texts(),
                grouped ? " of " + report.documents() + " documents" : "",
                report.samplesPerText(),
                report.samplesPerText() == 1 ? "" : "s",
                report.seed(),
                grouped ? "documents" : "texts",
                Grid.text(table(report)),
                Rounded.signed(report.fve().nrm()),
                Rounded.signed(report.fve().meanNorm()),
                controls("", report.controls()),
                Arrays.stream(TruthMeasure.values())
                        .map(measure -> report.truth(measure)
                                .map(truth -> truth(measure, truth))
                                .orElse(""))
                        .collect(Collectors.joining()));
    }

    /**
     * One row a form and rule; numbers are text, rounded for reading. {@code correct} and {@code hardest} are the mean cosines that the
     * gap is the difference of.
     */
    public Table table(GapReport report) {
        Table table = Table.create("");
        column(table, report, "form", row -> row.form().key());
        column(table, report, "negatives", row -> row.rule().key());
        column(table, report, "gap", row -> Rounded.signed(row.result().gap()));
        column(table, report, "95% interval", row -> Rounded.signed(row.result().ci95()));
        column(table, report, "accuracy", row -> Rounded.plain(row.result().accuracy(), 3));
        column(table, report, "chance", row -> Rounded.plain(row.result().chance(), 3));
        column(table, report, "floor", row -> Rounded.signed(row.result().floor()));
        column(table, report, "ceiling", row -> Rounded.signed(row.result().ceiling()));
        column(table, report, "calibrated", row -> Rounded.plain(row.result().calibrated(), 3));
        column(table, report, "correct", row -> Rounded.plain(row.result().correctCos(), 4));
        column(table, report, "hardest", row -> Rounded.plain(row.result().hardNegativeCos(), 4));
        return table;
    }

    private static String truth(TruthMeasure measure, TruthReport truth) {
        boolean bySlot = measure == TruthMeasure.SLOT;
        String leftOut = truth.textsLeftOut() == 0
                ? ""
                : ", " + truth.textsLeftOut() + (bySlot ? " of which nothing is known" : " without facts")
                        + " left out";
        return String.format(
                Locale.ROOT,
                "%ntruth of the descriptions of %d texts by %s%s, %.1f words each; parts of %s and of the claims%n%n%s",
                truth.texts(),
                bySlot ? "slot" : "value",
                leftOut,
                truth.meanWords(),
                bySlot ? "what is known" : "the facts",
                Grid.text(TruthTable.of(measure, truth)));
    }

    private record Row(Form form, NegativeRule rule, GapResult result) {}

    private static void column(Table table, GapReport report, String name, Function<Row, String> value) {
        StringColumn column = StringColumn.create(name);
        for (Form form : Form.values()) {
            for (NegativeRule rule : NegativeRule.values()) {
                column.append(value.apply(new Row(form, rule, report.gap(form, rule))));
            }
        }
        table.addColumns(column);
    }

    private static String controls(String prefix, Map<?, ?> controls) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        controls.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                lines.append(controls(prefix + key + " ", inner));
            } else {
                String shown = value instanceof Double number ? Rounded.plain(number, 4) : String.valueOf(value);
                line.append("   ").append(key).append(' ').append(shown);
            }
        });
        return line.isEmpty() ? lines.toString() : prefix.strip() + line + System.lineSeparator() + lines;
    }
}
