package dev.nla.eval.gap;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.model.InputException;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** The rows that an evaluation is over, and the way they are described. */
public final class EvaluatedRows {
    private static final int AT_ONCE = 256;

    private EvaluatedRows() {}

    /** Hears how many vectors are described. */
    @FunctionalInterface
    public interface Progress {
        /** Called now and then, and at the end, on the describing thread. */
        void described(int vectors, int total);
    }

    /**
     * Dataset rows of a split, the first {@code limit} of them, or all where that is 0.
     *
     * @throws InputException where there are none, or too few for each to have its twenty neighbours
     */
    public static int[] of(ActivationDataset data, Split split, int limit) {
        int[] rows = data.rowsOf(split);
        if (rows.length == 0) {
            throw InputException.data(
                    "%s has no rows in its %s split: split it first (nla data split %s)",
                    data.folder(), split.label(), data.folder());
        }
        int count = limit > 0 ? Math.min(limit, rows.length) : rows.length;
        if (count <= NegativeRule.NEIGHBOURS) {
            throw InputException.data(
                    "%s: %d rows of the %s split are to be evaluated, but %d nearest neighbours need at least %d",
                    data.folder(), count, split.label(), NegativeRule.NEIGHBOURS, NegativeRule.NEIGHBOURS + 1);
        }
        return Arrays.copyOf(rows, count);
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

    /**
     * Describes vectors [N][d], some at a time. What is written of a vector depends on the seed and its place alone.
     *
     * @param describe descriptions for vectors and a seed each
     */
    public static List<List<Description>> describe(
            float[][] vectors,
            long seed,
            BiFunction<float[][], long[], List<List<Description>>> describe,
            Progress progress) {
        List<List<Description>> written = new ArrayList<>();
        while (written.size() < vectors.length) {
            int begin = written.size();
            int end = Math.min(begin + AT_ONCE, vectors.length);
            long[] seeds = IntStream.range(begin, end)
                    .mapToLong(i -> seed * 1_000_003 + i)
                    .toArray();
            written.addAll(describe.apply(Arrays.copyOfRange(vectors, begin, end), seeds));
            progress.described(end, vectors.length);
        }
        return written;
    }

    /** What stands in descriptions, [N][G]; one that cannot be read is taken as it stands. */
    public static List<List<String>> texts(List<List<Description>> written) {
        return written.stream()
                .map(group -> group.stream().map(Description::text).toList())
                .toList();
    }
}
