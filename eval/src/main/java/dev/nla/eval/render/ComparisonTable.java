package dev.nla.eval.render;

import dev.nla.eval.suite.comparison.Comparison;
import java.util.List;
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
                column(comparison.lines(), "critic", Comparison.Line::critic),
                column(comparison.lines(), "metric", line -> line.metric().key()),
                column(comparison.lines(), "first", line -> Rounded.signed(line.first())),
                column(comparison.lines(), "second", line -> Rounded.signed(line.second())),
                column(comparison.lines(), "difference", line -> Rounded.signed(line.difference())),
                column(comparison.lines(), "95% interval", line -> line.ci95()
                        .map(Rounded::signed)
                        .orElse(Rounded.UNDEFINED)),
                column(comparison.lines(), "p (Holm)", line -> Rounded.plain(line.adjustedP(), 4)));
    }

    /** One line a metric under a critic, which no column names. */
    public static Table of(Comparison comparison, String critic) {
        Table all = of(comparison);
        Table under = all.where(all.stringColumn("critic").isEqualTo(critic));
        under.removeColumns("critic");
        under.column("difference").setName("first minus second");
        return under;
    }

    /** One line a share of what is said or to say; without lines where nothing of the kind is known. */
    public static Table truth(Comparison comparison) {
        return Table.create(
                "",
                column(comparison.truth(), "truth", Comparison.TruthLine::metric),
                column(comparison.truth(), "first", line -> Rounded.plain(line.first(), 4)),
                column(comparison.truth(), "second", line -> Rounded.plain(line.second(), 4)),
                column(
                        comparison.truth(),
                        "difference",
                        line -> Rounded.signed(line.difference().value())),
                column(
                        comparison.truth(),
                        "95% interval",
                        line -> line.difference().ci95().map(Rounded::signed).orElse(Rounded.UNDEFINED)));
    }

    private static <T> StringColumn column(List<T> lines, String name, Function<T, String> value) {
        return StringColumn.create(name, lines.stream().map(value).toList());
    }
}
