package dev.nla.eval.render;

import dev.nla.eval.claims.SearchReport;
import dev.nla.model.stats.Estimate;
import java.util.Locale;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What searching descriptions did to them, as a table. */
public final class SearchReportTable {
    private SearchReportTable() {}

    /** The table; begins with an empty line and ends with a line break. */
    public static String text(SearchReport report) {
        Table table = Table.create(
                "",
                Stream.of("descriptions", "precision", "recall", "centred cosine", "claims")
                        .map(StringColumn::create)
                        .toArray(StringColumn[]::new));
        row(table, "greedy", report.greedy());
        row(table, "searched", report.searched());
        row(table, "gain", report.gain());
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%n%s", Grid.text(Grid.turned(table))));
        report.withheld()
                .forEach((threshold, kept) -> text.append(String.format(
                        Locale.ROOT,
                        "searched, withheld below %s: precision %s, recall %s%n",
                        threshold,
                        Rounded.plain(kept.precision(), 3),
                        Rounded.plain(kept.recall(), 3))));
        return text.append(String.format(
                        Locale.ROOT, "%s texts heard for each description%n", Rounded.plain(report.heard(), 1)))
                .toString();
    }

    private static void row(Table table, String name, SearchReport.Figures figures) {
        String[] values = {
            name, shown(figures.precision()), shown(figures.recall()), shown(figures.cosine()), shown(figures.claims())
        };
        for (int i = 0; i < values.length; i++) {
            table.stringColumn(i).append(values[i]);
        }
    }

    private static String shown(Estimate estimate) {
        return Rounded.plain(estimate.value(), 3)
                + estimate.ci95()
                        .map(interval -> " [" + Rounded.plain(interval.low(), 3) + ", "
                                + Rounded.plain(interval.high(), 3) + "]")
                        .orElse("");
    }
}
