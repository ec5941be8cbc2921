package dev.nla.eval.report.part;

import java.util.List;
import java.util.Optional;

/**
 * A gap between its floor and its ceiling, all places in percent of the width.
 *
 * @param name whose gap it is
 * @param note in small print beside the name; may be empty
 * @param label the same as the bar in words, for those who can't see it
 * @param zero where no gap is; empty where that is the floor
 * @param range from the floor to the ceiling
 * @param interval of the gap; empty where it was not measured
 * @param marks of the controls
 * @param gap where the gap is
 * @param value the gap in numbers
 */
public record Bar(
        String name,
        String note,
        String label,
        Optional<String> zero,
        Span range,
        Optional<Span> interval,
        List<Mark> marks,
        String gap,
        Cell value) {
    /** Copies the marks. */
    public Bar {
        marks = List.copyOf(marks);
    }

    /**
     * A part of the bar.
     *
     * @param from its left end
     * @param to its right end
     */
    public record Span(String from, String to) {}

    /**
     * A shape on the bar.
     *
     * @param at its middle
     * @param path its outline about the point 0, 0
     */
    public record Mark(String at, String path) {}
}
