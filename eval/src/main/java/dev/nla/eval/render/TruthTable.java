package dev.nla.eval.render;

import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.stats.Estimate;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The truth of descriptions as a table: one row for all attributes or slots, two for the ends of its intervals, then one row each. */
final class TruthTable {
    private TruthTable() {}

    static Table of(TruthMeasure measure, TruthReport truth) {
        boolean bySlot = measure == TruthMeasure.SLOT;
        Table table = Table.create("");
        StringColumn parts = StringColumn.create(bySlot ? "slot" : "attribute", List.of("all", "  95% from", "  to"));
        truth.parts().keySet().forEach(parts::append);
        table.addColumns(parts);
        if (bySlot) {
            table.addColumns(rules(truth));
        }
        table.addColumns(counts(bySlot ? "known" : "facts", truth, TruthCounts::facts));
        table.addColumns(shares("recall", truth, truth.recall(), TruthCounts::recall));
        table.addColumns(counts("claims", truth, TruthCounts::claims));
        table.addColumns(shares("precision", truth, truth.precision(), TruthCounts::precision));
        table.addColumns(shares("wrong", truth, truth.wrong(), TruthCounts::wrongShare));
        table.addColumns(shares("invention", truth, truth.invention(), TruthCounts::invention));
        return table;
    }

    private static StringColumn rules(TruthReport truth) {
        StringColumn column = StringColumn.create("judged by", List.of("", "", ""));
        truth.parts()
                .keySet()
                .forEach(slot -> column.append(truth.rules().get(slot).label()));
        return column;
    }

    private static StringColumn counts(String name, TruthReport truth, ToIntFunction<TruthCounts> count) {
        StringColumn column = StringColumn.create(name);
        column.append(Integer.toString(count.applyAsInt(truth.counts())));
        column.append("").append("");
        truth.parts().values().forEach(counts -> column.append(Integer.toString(count.applyAsInt(counts))));
        return column;
    }

    private static StringColumn shares(
            String name, TruthReport truth, Estimate all, ToDoubleFunction<TruthCounts> share) {
        StringColumn column = StringColumn.create(name);
        column.append(Rounded.plain(all.value(), 3));
        column.append(all.ci95().map(ci95 -> Rounded.plain(ci95.low(), 3)).orElse(""));
        column.append(all.ci95().map(ci95 -> Rounded.plain(ci95.high(), 3)).orElse(""));
        truth.parts().values().forEach(counts -> column.append(Rounded.plain(share.applyAsDouble(counts), 3)));
        return column;
    }
}
