package dev.nla.eval.render;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A {@link GapReport} as tables for people, none wider than a {@link Grid}. */
public final class GapReportTable {
    private static final String BETWEEN = "   ";

    /**
     * The table, with what it rests on above and the fractions of variance explained and controls below, and others of the truth of
     * descriptions by slot and by value where it is known; ends with a line break.
     */
    public String text(GapReport report) {
        boolean grouped = report.documents() < report.texts();
        return String.format(
                Locale.ROOT,
                "%d texts%s, %d description%s each, seed %d;%n95%% bootstrap intervals over %s%n%n%s%nfve_nrm %s   fve_meannorm %s%n%s%s",
                report.texts(),
                grouped ? " of " + report.documents() + " documents" : "",
                report.samplesPerText(),
                report.samplesPerText() == 1 ? "" : "s",
                report.seed(),
                grouped ? "documents" : "texts",
                Grid.text(Grid.turned(table(report))),
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
     * One row a form and rule, centred ones first; numbers are text, rounded for reading. {@code correct} and {@code hardest} are the mean
     * cosines that the gap is the difference of.
     */
    public Table table(GapReport report) {
        Table table = Table.create("");
        column(
                table,
                report,
                "gap of",
                row -> row.form().key() + " " + row.rule().key());
        column(table, report, "gap", row -> Rounded.signed(row.result().gap()));
        column(
                table,
                report,
                "95% from",
                row -> Rounded.signed(row.result().ci95().low()));
        column(table, report, "to", row -> Rounded.signed(row.result().ci95().high()));
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
                : String.format(
                        Locale.ROOT,
                        ";%nleft out: %d %s",
                        truth.textsLeftOut(),
                        bySlot ? "of which nothing is known" : "without facts");
        return String.format(
                Locale.ROOT,
                "%ntruth of the descriptions of %d texts by %s, %.1f words each;%nparts of %s and of the claims%s%n%n%s",
                truth.texts(),
                bySlot ? "slot" : "value",
                truth.meanWords(),
                bySlot ? "what is known" : "the facts",
                leftOut,
                Grid.text(TruthTable.of(measure, truth)));
    }

    private record Row(Form form, NegativeRule rule, GapResult result) {}

    private static void column(Table table, GapReport report, String name, Function<Row, String> value) {
        StringColumn column = StringColumn.create(name);
        for (Form form : List.of(Form.CENTERED, Form.LEGACY)) {
            for (NegativeRule rule : NegativeRule.values()) {
                column.append(value.apply(new Row(form, rule, report.gap(form, rule))));
            }
        }
        table.addColumns(column);
    }

    private static String controls(String prefix, Map<?, ?> controls) {
        StringBuilder lines = new StringBuilder();
        List<String> values = new ArrayList<>();
        controls.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                lines.append(controls(prefix + key + " ", inner));
            } else {
                values.add(key + " " + (value instanceof Double number ? Rounded.plain(number, 4) : value));
            }
        });
        return (values.isEmpty() ? "" : line(prefix.strip(), values)) + lines;
    }

    /** The values behind the name, in several lines where one is too wide. */
    private static String line(String name, List<String> values) {
        StringBuilder text = new StringBuilder();
        String line = name;
        for (String value : values) {
            if (TextWidth.of(line + BETWEEN + value) > Grid.COLUMNS) {
                text.append(line).append(System.lineSeparator());
                line = BETWEEN;
            }
            line += BETWEEN + value;
        }
        return text.append(line).append(System.lineSeparator()).toString();
    }
}
