package dev.nla.eval.render;

import dev.nla.eval.suite.Comparison;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A {@link Comparison} as tables for reading. */
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

    /** One line a share of what is said or to say; without lines where nothing of the kind is known. */
    public static Table truth(Comparison comparison) {
        return Table.create(
                "",
                share(comparison, "truth", line -> line.share().key()),
                share(comparison, "first", line -> Rounded.plain(line.first(), 4)),
                share(comparison, "second", line -> Rounded.plain(line.second(), 4)),
                share(
                        comparison,
                        "difference",
                        line -> Rounded.signed(line.difference().value())),
                share(
                        comparison,
                        "95% interval",
                        line -> line.difference().ci95().map(Rounded::signed).orElse(Rounded.UNDEFINED)));
    }

    private static StringColumn share(
            Comparison comparison, String name, Function<Comparison.TruthLine, String> value) {
        return StringColumn.create(name, comparison.truth().stream().map(value).toList());
    }

    private static StringColumn column(Comparison comparison, String name, Function<Comparison.Line, String> value) {
        return StringColumn.create(name, comparison.lines().stream().map(value).toList());
    }
}
