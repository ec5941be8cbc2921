package dev.nla.eval.rows;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.model.InputException;
import dev.nla.model.gap.NegativeRule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which rows of a dataset are evaluated. */
public final class RowChoice {
    private RowChoice() {}

    /**
     * Dataset rows of a split, the first {@code limit} of them, or all where that is 0.
     *
     * @throws InputException where there are none, or too few for each to have its twenty neighbours
     */
    public static int[] first(ActivationDataset data, Split split, int limit) {
        if (data.rowsOf(split).length == 0) {
            throw InputException.data(
                    "%s has no rows in its %s split: split it first (nla data split %s)",
                    data.folder(), split.label(), data.folder());
        }
        int[] first = upTo(data, split, limit);
        if (first.length <= NegativeRule.NEIGHBOURS) {
            throw InputException.data(
                    "%s: %d rows of the %s split are to be evaluated, but %d nearest neighbours need at least %d",
                    data.folder(), first.length, split.label(), NegativeRule.NEIGHBOURS, NegativeRule.NEIGHBOURS + 1);
        }
        return first;
    }

    /** Dataset rows of a split, at most {@code limit} of them, or all where that is 0; there may be none. */
    public static int[] upTo(ActivationDataset data, Split split, int limit) {
        int[] rows = data.rowsOf(split);
        return limit > 0 ? Arrays.copyOf(rows, Math.min(limit, rows.length)) : rows;
    }

    /**
     * The dataset rows that a file describes, in its order.
     *
     * @throws InputException where one is not in the split
     */
    public static int[] named(ActivationDataset data, Split split, DescriptionsFile file) {
        Map<String, Integer> byId = new HashMap<>();
        Arrays.stream(data.rowsOf(split)).forEach(row -> byId.put(data.row(row).id(), row));
        return file.byId().keySet().stream()
                .mapToInt(id -> Optional.ofNullable(byId.get(id))
                        .orElseThrow(() -> InputException.data(
                                "the descriptions name row %s, which is not in the %s split of %s",
                                id, split.label(), data.folder())))
                .toArray();
    }
}
