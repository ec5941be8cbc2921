package dev.nla.model.decoder.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts rows that are to be read into parts of few enough tokens: shorter rows of a batch are padded to its longest, so one long row beside
 * many short ones would take as much memory as many long ones.
 */
public final class TokenRows {
    /** Places of one batch, padding included; a single row may have more. */
    public static final int PLACES = 1 << 14;

    private TokenRows() {}

    /**
     * Rows that are read together.
     *
     * @param begin the first
     * @param end one behind the last
     */
    public record Part(int begin, int end) {}

    /** Which rows may be read together. */
    @FunctionalInterface
    public interface Fits {
        /** Whether so many rows may be, the longest of so many tokens; a single one is read in any case. */
        boolean fit(int rows, int longest);
    }

    /**
     * Cuts rows in the order in which they are given.
     *
     * @param lengths tokens of each row
     * @param most rows of a part
     * @return parts of at least one row, which together hold every row once
     */
    public static List<Part> parts(int[] lengths, int most) {
        return parts(lengths, (rows, longest) -> rows <= most && (long) rows * longest <= PLACES);
    }

    /** The same with another rule. */
    public static List<Part> parts(int[] lengths, Fits fits) {
        List<Part> parts = new ArrayList<>();
        int begin = 0;
        int longest = 0;
        for (int end = 0; end < lengths.length; end++) {
            longest = Math.max(longest, lengths[end]);
            if (end > begin && !fits.fit(end - begin + 1, longest)) {
                parts.add(new Part(begin, end));
                begin = end;
                longest = lengths[end];
            }
        }
        if (begin < lengths.length) {
            parts.add(new Part(begin, lengths.length));
        }
        return parts;
    }
}
