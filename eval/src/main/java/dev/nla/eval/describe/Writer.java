package dev.nla.eval.describe;

import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Has a describer describe many vectors, keeps what it has written, and says how far it is.
 *
 * @param seed of sampling; the descriptions of a vector depend on it and the vector's place alone
 */
public record Writer(Describer describer, long seed, KeptDescriptions kept, EvaluationProgress progress) {
    private static final int MOST_AT_ONCE = 256;

    /**
     * Describes vectors, those that are not kept yet.
     *
     * @param work what they are, apart from other vectors of the evaluation
     * @param vectors [N][d]
     */
    public List<List<Description>> describe(String work, float[][] vectors) {
        List<List<Description>> written = new ArrayList<>();
        while (written.size() < vectors.length) {
            int begin = written.size();
            int end = Math.min(end(begin), vectors.length);
            if (!kept.has(work, begin, end)) {
                kept.keep(work, begin, describer.describe(Arrays.copyOfRange(vectors, begin, end), seeds(begin, end)));
            }
            written.addAll(kept.of(work, begin, end));
            progress.at(work, end, vectors.length);
        }
        return written;
    }

    /** What stands in descriptions, [N][G]; one that cannot be read is taken as it stands. */
    public static List<List<String>> texts(List<List<Description>> written) {
        return written.stream()
                .map(group -> group.stream().map(Description::text).toList())
                .toList();
    }

    /** Where the batch ends that begins there: the last bits of a description may depend on what is computed with it. */
    private int end(int begin) {
        int next = (begin / MOST_AT_ONCE + 1) * MOST_AT_ONCE;
        return Math.min(begin + describer.atOnce(), next);
    }

    private long[] seeds(int begin, int end) {
        return IntStream.range(begin, end).mapToLong(i -> seed * 1_000_003 + i).toArray();
    }
}
