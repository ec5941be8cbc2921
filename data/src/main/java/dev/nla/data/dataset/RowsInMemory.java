package dev.nla.data.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The rows of a dataset that is small enough to have them all in memory. */
final class RowsInMemory implements DatasetRows {
    private final List<Row> rows;
    private final Map<String, Integer> numbers = new HashMap<>();

    RowsInMemory(List<Row> rows) {
        this.rows = rows;
        for (int i = 0; i < rows.size(); i++) {
            numbers.put(rows.get(i).id(), i);
        }
    }

    @Override
    public List<Row> all() {
        return rows;
    }

    @Override
    public int[] of(Split split) {
        return IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).split() == split)
                .toArray();
    }

    @Override
    public OptionalInt find(String id) {
        Integer number = numbers.get(id);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
