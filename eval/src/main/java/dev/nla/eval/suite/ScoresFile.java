package dev.nla.eval.suite;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.model.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The scores of the verbalizer's own descriptions, a line for each row under each critic, with what they state and claim:
 * {@code scores.csv}. Two suites over the same rows are compared line by line.
 *
 * @param ids of the rows, [N]
 * @param documents they are from, [N]
 * @param scores by critic and metric, [N]; a file of another version may lack metrics, and those it has besides are passed over
 * @param truth of the descriptions by measure, [N] each; files of earlier versions have it by value alone, or not at all
 */
public record ScoresFile(
        List<String> ids,
        List<String> documents,
        Map<String, Map<Metric, double[]>> scores,
        Map<TruthMeasure, List<TruthCounts>> truth) {
    /** The name in a suite's folder. */
    public static final String NAME = "scores.csv";

    /** What a suite found. */
    public static ScoresFile of(EvaluatedRows rows, SuiteEvaluation.Result result) {
        Map<String, Map<Metric, double[]>> real = new LinkedHashMap<>();
        result.scores()
                .forEach((critic, conditions) ->
                        real.put(critic, conditions.get(Condition.REAL).values()));
        return new ScoresFile(
                rows.rows().stream().map(row -> row.id()).toList(),
                rows.rows().stream().map(row -> row.docId()).toList(),
                real,
                result.truth());
    }

    /** As a table: id, doc_id, critic, a column a metric, and the counts of truth, which are the same under every critic. */
    public Table table() {
        StringColumn id = StringColumn.create("id");
        StringColumn document = StringColumn.create("doc_id");
        StringColumn critic = StringColumn.create("critic");
        Map<Metric, DoubleColumn> columns = new LinkedHashMap<>();
        scores.values().stream()
                .flatMap(metrics -> metrics.keySet().stream())
                .distinct()
                .filter(metric -> scores.values().stream().allMatch(metrics -> metrics.containsKey(metric)))
                .forEach(metric -> columns.put(metric, DoubleColumn.create(metric.key())));
        scores.forEach((name, metrics) -> {
            for (int i = 0; i < ids.size(); i++) {
                id.append(ids.get(i));
                document.append(documents.get(i));
                critic.append(name);
                int row = i;
                columns.forEach((metric, column) -> column.append(metrics.get(metric)[row]));
            }
        });
        Table table = Table.create("", id, document, critic);
        columns.values().forEach(table::addColumns);
        TruthColumn.add(table, truth, scores.size());
        return table;
    }

    /**
     * Reads the file of a suite's folder.
     *
     * @param metrics those that are known; columns of others are passed over
     * @throws InputException where there is none, or it is not one of these
     */
    public static ScoresFile read(Path folder, MetricRegistry metrics) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw InputException.data("%s: there is no such file; give a folder made by nla eval suite", file);
        }
        try {
            Table table = Table.read()
                    .usingOptions(CsvReadOptions.builder(file.toFile())
                            .columnTypesPartial(name -> Optional.of(type(name, metrics))));
            return of(file, table, metrics);
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw InputException.data(
                    e, "%s is not a file of scores: its rows or columns are broken: make the suite again", file);
        }
    }

    private static void requireFinite(Path file, String critic, Metric metric, List<String> ids, double[] values) {
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw InputException.data(
                        "%s: %s of row %s under %s is %s, expected a number: run nla eval suite again",
                        file, metric.key(), ids.get(row), critic, values[row]);
            }
        }
    }

    private static ColumnType type(String column, MetricRegistry metrics) {
        if (TruthColumn.has(column)) {
            return ColumnType.INTEGER;
        }
        return metrics.of(column).isPresent() ? ColumnType.DOUBLE : ColumnType.STRING;
    }

    private static ScoresFile of(Path file, Table table, MetricRegistry known) {
        Set<String> critics = new LinkedHashSet<>(table.stringColumn("critic").asList());
        Map<String, Map<Metric, double[]>> scores = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        for (String critic : critics) {
            Table own = table.where(table.stringColumn("critic").isEqualTo(critic));
            List<String> ownIds = own.stringColumn("id").asList();
            if (ids.isEmpty()) {
                ids.addAll(ownIds);
                documents.addAll(own.stringColumn("doc_id").asList());
            } else if (!ids.equals(ownIds)) {
                throw InputException.data("%s: the critics have scored different rows", file);
            }
            Map<Metric, double[]> metrics = new LinkedHashMap<>();
            for (Metric metric : known.all()) {
                if (own.containsColumn(metric.key())) {
                    double[] values = own.doubleColumn(metric.key()).asDoubleArray();
                    requireFinite(file, critic, metric, ownIds, values);
                    metrics.put(metric, values);
                }
            }
            scores.put(critic, metrics);
        }
        return new ScoresFile(ids, documents, scores, TruthColumn.read(table.first(ids.size())));
    }

    /** Whether its truth is known by value alone: it is of an earlier version, or no train row had a description. */
    public boolean lacksSlots() {
        return !truth.containsKey(TruthMeasure.SLOT)
                && truth.getOrDefault(TruthMeasure.VALUE, List.of()).stream().anyMatch(row -> row.facts() > 0);
    }
}
