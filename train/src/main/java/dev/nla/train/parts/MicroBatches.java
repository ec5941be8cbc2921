package dev.nla.train.parts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Cuts rows into parts that go through the model at a time: rows of like length together, so that little is padded, and no more of them
 * than memory is meant for.
 *
 * @param rows most rows of a part
 * @param tokens most tokens of a part, padding counted; a single longer row is a part of its own
 */
public record MicroBatches(int rows, long tokens) {
    /** Checks that there can be parts. */
    public MicroBatches {
        if (rows < 1 || tokens < 1) {
            throw new IllegalArgumentException("parts of " + rows + " rows and " + tokens + " tokens cannot be");
        }
    }

    /**
     * The parts, short rows first; rows of one length stay in their order.
     *
     * @param length of a row, in tokens
     */
    public List<int[]> of(IntStream which, IntUnaryOperator length) {
        int[] byLength = which.boxed()
                .sorted(Comparator.comparingInt(length::applyAsInt))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> parts = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= byLength.length; end++) {
            if (end == byLength.length || !fits(end + 1 - begin, length.applyAsInt(byLength[end]))) {
                parts.add(Arrays.copyOfRange(byLength, begin, end));
                begin = end;
            }
        }
        return parts;
    }

    /**
     * The parts of rows that stay in their order.
     *
     * @param lengths of the rows, in tokens
     */
    public List<int[]> inOrder(int[] lengths) {
        List<int[]> parts = new ArrayList<>();
        int begin = 0;
        int longest = 0;
        for (int end = 0; end < lengths.length; end++) {
            longest = Math.max(longest, lengths[end]);
            if (end > begin && !fits(end + 1 - begin, longest)) {
                parts.add(IntStream.range(begin, end).toArray());
                begin = end;
                longest = lengths[end];
            }
        }
        if (begin < lengths.length) {
            parts.add(IntStream.range(begin, lengths.length).toArray());
        }
        return parts;
    }

    private boolean fits(int count, long longest) {
        return count <= rows && count * longest <= tokens;
    }
}
