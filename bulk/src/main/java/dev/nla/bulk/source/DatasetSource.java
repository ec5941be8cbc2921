package dev.nla.bulk.source;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rows of a dataset.
 *
 * @param data stays the caller's
 * @param rows their numbers
 */
public record DatasetSource(ActivationDataset data, int[] rows) implements Source {
    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int begin = 0; begin < rows.length; begin += BLOCK) {
            int[] some = Arrays.copyOfRange(rows, begin, Math.min(begin + BLOCK, rows.length));
            blocks.add(new Block(
                    some.length,
                    () -> Arrays.stream(some).mapToObj(this::place).toList(),
                    () -> Arrays.stream(some).mapToObj(data::activation).toArray(float[][]::new)));
        }
        return blocks;
    }

    private ActivationPlace place(int number) {
        Row row = data.row(number);
        return new ActivationPlace(
                row.id(),
                row.docId(),
                OptionalInt.of(data.sidecar().layer()),
                Optional.empty(),
                trained -> trained.differences(data.sidecar().origin()));
    }

    @Override
    public Map<String, String> inputs() {
        return Map.of(
                "dataset", data.sha256(), "rows", Arrays.hashCode(rows) + " of " + rows.length + " of " + data.size());
    }
}
