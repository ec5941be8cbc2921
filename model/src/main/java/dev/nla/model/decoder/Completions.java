package dev.nla.model.decoder;

import dev.nla.model.generation.Completion;
import dev.nla.model.torch.KernelInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How stop sequences go into the generation kernel and completions come out. */
final class Completions {
    private Completions() {}

    /** Adds stops, {@code [stops, 1 + longest]}: each row its length, then its tokens. */
    static void addStops(KernelInputs inputs, List<long[]> stops) {
        int width = 1 + stops.stream().mapToInt(stop -> stop.length).max().orElse(0);
        long[] flat = new long[stops.size() * width];
        for (int i = 0; i < stops.size(); i++) {
            long[] stop = stops.get(i);
            flat[i * width] = stop.length;
            System.arraycopy(stop, 0, flat, i * width + 1, stop.length);
        }
        inputs.longs("stops", flat, stops.size(), width);
    }

    /** Reads {@code [count, limit]} tokens, -1 where a completion has ended. */
    static List<Completion> read(long[] tokens, float[] scores, int count, int limit, List<long[]> stops) {
        List<Completion> out = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int begin = i * limit;
            int end = begin;
            while (end < begin + limit && tokens[end] >= 0) {
                end++;
            }
            long[] row = Arrays.copyOfRange(tokens, begin, end);
            boolean stopped = stops.stream().anyMatch(stop -> endsWith(row, stop));
            out.add(new Completion(row, Arrays.copyOfRange(scores, begin, end), stopped));
        }
        return out;
    }

    private static boolean endsWith(long[] row, long[] stop) {
        int begin = row.length - stop.length;
        return begin >= 0 && Arrays.equals(row, begin, row.length, stop, 0, stop.length);
    }
}
