package dev.nla.eval.suite;

import dev.nla.model.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The scores of the verbalizer's own descriptions, a line for each row under each critic: {@code scores.csv}. Two suites over the same rows
 * are compared line by line.
 *
 * @param ids of the rows, [N]
 * @param documents they are from, [N]
 * @param scores by critic and metric, [N]
 */
public record ScoresFile(List<String> ids, List<String> documents, Map<String, Map<Metric, double[]>> scores) {
    /** The name in a suite's folder. */
    public static final String NAME = "scores.csv";

    /** What a suite found. */
    public static ScoresFile of(SuiteRows rows, Map<String, Map<Condition, RowScores>> scores) {
        Map<String, Map<Metric, double[]>> real = new LinkedHashMap<>();
        scores.forEach((critic, conditions) ->
                real.put(critic, conditions.get(Condition.REAL).values()));
        return new ScoresFile(rows.rows().stream().map(row -> row.id()).toList(), rows.documents(), real);
    }

    /** As a table: id, doc_id, critic and a column a metric. */
    public Table table() {
        StringColumn id = StringColumn.create("id");
        StringColumn document = StringColumn.create("doc_id");
        StringColumn critic = StringColumn.create("critic");
        Map<Metric, DoubleColumn> columns = new LinkedHashMap<>();
        Arrays.stream(Metric.values()).forEach(metric -> columns.put(metric, DoubleColumn.create(metric.key())));
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
        return table;
    }

    /**
     * Reads the file of a suite's folder.
     *
     * @throws InputException where there is none, or it is not one of these
     */
    public static ScoresFile read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw InputException.data("%s: there is no such file; give a folder made by nla eval suite", file);
        }
        try {
            Table table = Table.read()
                    .usingOptions(CsvReadOptions.builder(file.toFile())
                            .columnTypesPartial(name ->
                                    Optional.of(Metric.of(name).isPresent() ? ColumnType.DOUBLE : ColumnType.STRING)));
            return of(file, table);
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw InputException.data("%s is not a file of scores: %s", file, e.getMessage());
        }
    }

    private static ScoresFile of(Path file, Table table) {
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
            for (Metric metric : Metric.values()) {
                metrics.put(metric, own.doubleColumn(metric.key()).asDoubleArray());
            }
            scores.put(critic, metrics);
        }
        return new ScoresFile(ids, documents, scores);
    }
}
