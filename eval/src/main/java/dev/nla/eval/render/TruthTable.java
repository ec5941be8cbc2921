package dev.nla.eval.render;

import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.stats.Estimate;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The truth of descriptions as a table: one row for all attributes with intervals, then one row each. */
final class TruthTable {
    private TruthTable() {}

    static Table of(TruthReport truth) {
        Table table = Table.create("");
        StringColumn attributes = StringColumn.create("attribute", List.of("all"));
        truth.attributes().keySet().forEach(attributes::append);
        table.addColumns(attributes, counts("facts", truth, TruthCounts::facts));
        table.addColumns(shares("recall", truth, truth.recall(), TruthCounts::recall));
        table.addColumns(counts("claims", truth, TruthCounts::claims));
        table.addColumns(shares("precision", truth, truth.precision(), TruthCounts::precision));
        table.addColumns(shares("wrong", truth, truth.wrong(), TruthCounts::wrongShare));
        table.addColumns(shares("invention", truth, truth.invention(), TruthCounts::invention));
        return table;
    }

    private static StringColumn counts(String name, TruthReport truth, ToIntFunction<TruthCounts> count) {
        StringColumn column = StringColumn.create(name);
        column.append(Integer.toString(count.applyAsInt(truth.counts())));
        truth.attributes().values().forEach(counts -> column.append(Integer.toString(count.applyAsInt(counts))));
        return column;
    }

    private static StringColumn shares(
            String name, TruthReport truth, Estimate all, ToDoubleFunction<TruthCounts> share) {
        StringColumn column = StringColumn.create(name);
        column.append(Rounded.plain(all.value(), 3)
                + all.ci95().map(ci95 -> " " + Rounded.plain(ci95, 3)).orElse(""));
        truth.attributes().values().forEach(counts -> column.append(Rounded.plain(share.applyAsDouble(counts), 3)));
        return column;
    }
}
