package dev.nla.eval.render;

import dev.nla.eval.suite.Comparison;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A {@link Comparison} as a table for reading. */
public final class ComparisonTable {
    private ComparisonTable() {}

    /** One line a critic and metric. */
    public static Table of(Comparison comparison) {
        return Table.create(
                "",
                column(comparison, "critic", Comparison.Line::critic),
                column(comparison, "metric", line -> line.metric().key()),
                column(comparison, "first", line -> Rounded.signed(line.first())),
                column(comparison, "second", line -> Rounded.signed(line.second())),
                column(comparison, "difference", line -> Rounded.signed(line.difference())),
                column(comparison, "95% interval", line -> line.ci95()
                        .map(Rounded::signed)
                        .orElse(Rounded.UNDEFINED)),
                column(comparison, "p (Holm)", line -> Rounded.plain(line.adjustedP(), 4)));
    }

    private static StringColumn column(Comparison comparison, String name, Function<Comparison.Line, String> value) {
        return StringColumn.create(name, comparison.lines().stream().map(value).toList());
    }
}
