package dev.nla.eval.render;

import dev.nla.claims.calibration.Judgement;
import dev.nla.eval.claims.ClaimsReport;
import java.util.Locale;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was found of claims' probabilities, as tables. */
public final class ClaimsReportTable {
    private ClaimsReportTable() {}

    /** The tables; ends with a line break. */
    public static String text(ClaimsReport report) {
        return String.format(
                Locale.ROOT,
                "%d rows; a claim is true by %s%n%n%s%n%s%n%s%n%s",
                report.rows(),
                report.labels().label(),
                figures(report),
                withheld(report),
                reliability(report),
                slots(report));
    }

    private static String figures(ClaimsReport report) {
        Table table =
                table("claims", "number", "precision", "recall", "AUROC", "within slots", "calibration error", "Brier");
        figures(table, "of the greedy description", report.greedy(), Rounded.plain(report.recall(), 3));
        figures(table, "of samples too", report.all(), "");
        return Grid.text(Grid.turned(table));
    }

    private static void figures(Table table, String name, ClaimsReport.Figures figures, String recall) {
        row(
                table,
                name,
                String.valueOf(figures.claims()),
                Rounded.plain(figures.precision(), 3),
                recall,
                Rounded.plain(figures.auroc(), 3),
                Rounded.plain(figures.aurocWithinSlot(), 3),
                Rounded.plain(figures.calibrationError(), 4),
                Rounded.plain(figures.brier(), 4));
    }

    private static String withheld(ClaimsReport report) {
        Table table = table("withheld below", "precision", "recall", "true claims kept", "claims kept");
        report.withheld()
                .forEach((threshold, kept) -> row(
                        table,
                        threshold.toString(),
                        Rounded.plain(kept.precision(), 3),
                        Rounded.plain(kept.recall(), 3),
                        Rounded.plain(kept.keptTrue(), 3),
                        Rounded.plain(kept.keptClaims(), 3)));
        return Grid.text(table);
    }

    private static String reliability(ClaimsReport report) {
        Table table = table("probability", "claims", "true");
        for (Judgement.Bin bin : report.greedy().reliability()) {
            row(
                    table,
                    Rounded.plain(bin.probability(), 3),
                    String.valueOf(bin.claims()),
                    Rounded.plain(bin.right(), 3));
        }
        return Grid.text(table);
    }

    private static String slots(ClaimsReport report) {
        Table table = table(
                "slot",
                "judged by",
                "claims",
                "precision",
                "AUROC",
                "calibration error",
                "precision from .5",
                "true kept");
        report.slots()
                .forEach((slot, of) -> row(
                        table,
                        slot,
                        of.rule().label(),
                        String.valueOf(of.figures().claims()),
                        Rounded.plain(of.figures().precision(), 3),
                        Rounded.plain(of.figures().auroc(), 3),
                        Rounded.plain(of.figures().calibrationError(), 3),
                        Rounded.plain(of.withheld().precision(), 3),
                        Rounded.plain(of.withheld().keptTrue(), 3)));
        return Grid.text(table);
    }

    private static Table table(String... columns) {
        return Table.create("", Stream.of(columns).map(StringColumn::create).toArray(StringColumn[]::new));
    }

    private static void row(Table table, String... values) {
        for (int i = 0; i < values.length; i++) {
            table.stringColumn(i).append(values[i]);
        }
    }
}
