package dev.nla.eval.render;

import dev.nla.eval.probe.ProbeEvaluation.ProbeReport;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthReport;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a probe reads and a model answers, as a table: one row for all attributes, then one each. */
public final class ProbeTable {
    private ProbeTable() {}

    /** The table with what it rests on above; ends with a line break. */
    public static String text(ProbeReport probe, Optional<TruthReport> answers) {
        Table table = Table.create("");
        StringColumn attributes = StringColumn.create("attribute");
        attributes.append("all");
        probe.attributes().keySet().forEach(attributes::append);
        table.addColumns(attributes, column("facts", probe, counts -> Integer.toString(counts.facts())));
        table.addColumns(column("probe reads", probe, counts -> Rounded.plain(counts.recall(), 3)));
        answers.ifPresent(report -> {
            table.addColumns(answers("answers recall", probe, report, TruthCounts::recall));
            table.addColumns(answers("answers precision", probe, report, TruthCounts::precision));
        });
        return String.format(
                Locale.ROOT,
                "linear probe of %d rows, measured on %d texts%n%n%s",
                probe.trainRows(),
                probe.texts(),
                Grid.text(table));
    }

    private static StringColumn column(String name, ProbeReport probe, Function<TruthCounts, String> shown) {
        StringColumn column = StringColumn.create(name);
        column.append(shown.apply(probe.stated()));
        probe.attributes().values().forEach(counts -> column.append(shown.apply(counts)));
        return column;
    }

    private static StringColumn answers(
            String name, ProbeReport probe, TruthReport report, Function<TruthCounts, Double> share) {
        Map<String, TruthCounts> attributes = report.parts();
        StringColumn column = StringColumn.create(name);
        column.append(Rounded.plain(share.apply(report.counts()), 3));
        probe.attributes()
                .keySet()
                .forEach(attribute -> column.append(
                        Rounded.plain(share.apply(attributes.getOrDefault(attribute, TruthCounts.NONE)), 3)));
        return column;
    }
}
