package dev.nla.model.parts;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Activations that are described at a time.
 *
 * @param activations {@code [B][d]}
 * @param seeds one an activation
 */
public record WritingPart(float[][] activations, long[] seeds) {
    /**
     * A piece of some activations.
     *
     * @param activation gives each of them by its number
     * @param seeds of all of them
     */
    public static WritingPart of(Piece piece, IntFunction<float[]> activation, long[] seeds) {
        return new WritingPart(
                IntStream.range(piece.begin(), piece.end()).mapToObj(activation).toArray(float[][]::new),
                Arrays.copyOfRange(seeds, piece.begin(), piece.end()));
    }
}
