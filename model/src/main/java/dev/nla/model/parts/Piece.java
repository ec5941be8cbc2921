package dev.nla.model.parts;

import java.util.ArrayList;
import java.util.List;

/** Things {@code begin} to {@code end - 1} of a row of things. */
public record Piece(int begin, int end) {
    /**
     * Cuts a row of things into stretches, and each of these into pieces.
     *
     * @param count of the things
     * @param size of a piece, or less where a stretch ends
     * @param most of a stretch, or less at the end
     */
    public static List<Piece> cut(int count, int size, int most) {
        List<Piece> pieces = new ArrayList<>();
        for (int begin = 0; begin < count; begin += most) {
            int limit = Math.min(count, begin + most);
            for (int from = begin; from < limit; from += size) {
                pieces.add(new Piece(from, Math.min(limit, from + size)));
            }
        }
        return pieces;
    }

    /** How many it holds. */
    public int size() {
        return end - begin;
    }
}
