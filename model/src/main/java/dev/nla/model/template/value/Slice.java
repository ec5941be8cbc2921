package dev.nla.model.template.value;

import java.util.stream.LongStream;

/**
 * Part of a sequence, {@code [start:stop:step]} with None for what is left out.
 *
 * @param start first place
 * @param stop place after the last
 * @param step distance
 */
public record Slice(Object start, Object stop, Object step) {
    /** Whether Python takes these for places. */
    public boolean valid() {
        return place(start) && place(stop) && place(step);
    }

    private static boolean place(Object value) {
        return value == None.NONE || Types.isWhole(value);
    }

    /** The places in a sequence of a length. */
    public Bounds bounds(long length) {
        long by = step == None.NONE ? 1 : Types.whole(step);
        if (by == 0) {
            throw TemplateException.of("slice step cannot be zero");
        }
        long lowest = by > 0 ? 0 : -1;
        long highest = by > 0 ? length : length - 1;
        long from =
                start == None.NONE ? (by > 0 ? lowest : highest) : clamp(Types.whole(start), length, lowest, highest);
        long to = stop == None.NONE ? (by > 0 ? highest : lowest) : clamp(Types.whole(stop), length, lowest, highest);
        return new Bounds(from, to, Math.max(by, -Long.MAX_VALUE));
    }

    private static long clamp(long place, long length, long lowest, long highest) {
        return Math.max(lowest, Math.min(highest, place < 0 ? place + length : place));
    }

    /** Places in a sequence that are there. */
    public record Bounds(long start, long stop, long step) {
        /** The places, in order. */
        public LongStream indices() {
            long distance = step > 0 ? stop - start : start - stop;
            long stride = Math.abs(step);
            long count = distance <= 0 ? 0 : (distance - 1) / stride + 1;
            return LongStream.range(0, count).map(i -> start + i * step);
        }
    }
}
