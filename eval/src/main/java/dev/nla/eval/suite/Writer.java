package dev.nla.eval.suite;

import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Has a describer describe many vectors, and says how far it is.
 *
 * @param seed of sampling; the descriptions of a row depend on it and the row's place alone
 */
record Writer(Describer describer, long seed, Progress progress) {
    private static final int ROWS_AT_ONCE = 256;

    /** Describes vectors [N][d]. */
    List<List<Description>> describe(Condition condition, float[][] vectors) {
        List<List<Description>> written = new ArrayList<>();
        while (written.size() < vectors.length) {
            int begin = written.size();
            int end = Math.min(begin + ROWS_AT_ONCE, vectors.length);
            long[] seeds = IntStream.range(begin, end)
                    .mapToLong(i -> seed * 1_000_003 + i)
                    .toArray();
            written.addAll(describer.describe(Arrays.copyOfRange(vectors, begin, end), seeds));
            progress.described(condition, end, vectors.length);
        }
        return written;
    }

    /** What stands in descriptions; one that cannot be read is taken as it stands. */
    static List<List<String>> texts(List<List<Description>> written) {
        return written.stream()
                .map(group -> group.stream().map(Description::text).toList())
                .toList();
    }
}
