package dev.nla.eval.suite;

import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Counts of truth as columns of {@code scores.csv}. Those by value have the names that they had before there were any by slot. */
enum TruthColumn {
    FACTS(TruthMeasure.VALUE, "facts", TruthCounts::facts),
    RIGHT(TruthMeasure.VALUE, "right", TruthCounts::right),
    WRONG(TruthMeasure.VALUE, "wrong", TruthCounts::wrong),
    INVENTED(TruthMeasure.VALUE, "invented", TruthCounts::invented),
    SLOT_KNOWN(TruthMeasure.SLOT, "slot_known", TruthCounts::facts),
    SLOT_STATED(TruthMeasure.SLOT, "slot_stated", TruthCounts::stated),
    SLOT_RIGHT(TruthMeasure.SLOT, "slot_right", TruthCounts::right),
    SLOT_WRONG(TruthMeasure.SLOT, "slot_wrong", TruthCounts::wrong),
    SLOT_INVENTED(TruthMeasure.SLOT, "slot_invented", TruthCounts::invented);

    private final TruthMeasure measure;
    private final String column;
    private final ToIntFunction<TruthCounts> count;

    TruthColumn(TruthMeasure measure, String column, ToIntFunction<TruthCounts> count) {
        this.measure = measure;
        this.column = column;
        this.count = count;
    }

    /** Whether a column is one of these. */
    static boolean has(String column) {
        return Arrays.stream(values()).anyMatch(each -> each.column.equals(column));
    }

    /** Adds the columns of every measure to a table that has the rows so many times, one below the other. */
    static void add(Table table, Map<TruthMeasure, List<TruthCounts>> truth, int times) {
        for (TruthColumn each : values()) {
            if (truth.containsKey(each.measure)) {
                int[] once =
                        truth.get(each.measure).stream().mapToInt(each.count).toArray();
                table.addColumns(IntColumn.create(
                        each.column,
                        IntStream.range(0, times)
                                .flatMap(time -> Arrays.stream(once))
                                .toArray()));
            }
        }
    }

    /** The counts of a table's rows, by every measure that it has columns of. */
    static Map<TruthMeasure, List<TruthCounts>> read(Table table) {
        Map<TruthMeasure, List<TruthCounts>> truth = new EnumMap<>(TruthMeasure.class);
        if (table.containsColumn(SLOT_KNOWN.column)) {
            truth.put(TruthMeasure.SLOT, new ArrayList<>());
        }
        if (table.containsColumn(FACTS.column)) {
            truth.put(TruthMeasure.VALUE, new ArrayList<>());
        }
        table.forEach(row -> truth.forEach((measure, counts) -> counts.add(of(measure, row))));
        return truth;
    }

    private static TruthCounts of(TruthMeasure measure, Row row) {
        return switch (measure) {
            case SLOT ->
                new TruthCounts(
                        SLOT_KNOWN.of(row),
                        SLOT_STATED.of(row),
                        SLOT_RIGHT.of(row),
                        SLOT_WRONG.of(row),
                        SLOT_INVENTED.of(row));
            case VALUE -> new TruthCounts(FACTS.of(row), RIGHT.of(row), WRONG.of(row), INVENTED.of(row));
        };
    }

    private int of(Row row) {
        return row.getInt(column);
    }
}
