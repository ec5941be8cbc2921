package dev.nla.eval.render;

import dev.nla.eval.reply.RepliesReport;
import dev.nla.eval.reply.RepliesReport.ByWords;
import dev.nla.model.stats.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A {@link RepliesReport} as a table: a column for each number of words that were compared. */
public final class RepliesTable {
    private RepliesTable() {}

    /** The table with what it rests on above; ends with a line break. */
    public static String text(RepliesReport report) {
        Table table = Table.create("");
        table.addColumns(StringColumn.create(
                "begins as described",
                List.of(
                        "likeliest continuation",
                        "as others are described",
                        "drawn continuations",
                        "as others are described",
                        "own over others, drawn")));
        for (ByWords by : report.byWords()) {
            table.addColumns(StringColumn.create(
                    by.words() == 1 ? "first word" : "first " + by.words() + " words",
                    List.of(
                            shown(by, ByWords::greedy),
                            shown(by, ByWords::otherGreedy),
                            shown(by, ByWords::drawn),
                            shown(by, ByWords::otherDrawn),
                            times(by.times()))));
        }
        return String.format(
                Locale.ROOT,
                "%d of %d descriptions say what the model is about to say, of %d documents%n%n%s",
                report.rows(),
                report.given(),
                report.documents(),
                Grid.text(table));
    }

    private static String shown(ByWords by, Function<ByWords, Estimate> share) {
        return shown(share.apply(by), 3);
    }

    private static String times(Estimate ratio) {
        return shown(ratio, 1);
    }

    private static String shown(Estimate estimate, int digits) {
        return Rounded.plain(estimate.value(), digits)
                + estimate.ci95()
                        .map(interval -> " " + Rounded.plain(interval, digits))
                        .orElse("");
    }
}
