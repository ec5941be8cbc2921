package dev.nla.data.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Groups texts of like length, longest first, so that little is padded and memory runs short at once or never. */
final class Batches {
    private Batches() {}

    /**
     * Every index of {@code lengths} once, in batches whose longest length times their number stays within {@code tokenBudget}, or that
     * hold one text.
     */
    static List<int[]> of(int[] lengths, int tokenBudget) {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> -lengths[i]).thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        while (start < order.length) {
            int fitting = Math.max(1, tokenBudget / lengths[order[start]]);
            int end = Math.min(order.length, start + fitting);
            batches.add(IntStream.range(start, end).map(i -> order[i]).toArray());
            start = end;
        }
        return batches;
    }
}
