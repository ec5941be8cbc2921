package dev.nla.eval.report.part;

import dev.nla.eval.render.Rounded;
import dev.nla.model.stats.Interval;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands in one place of a table.
 *
 * @param text its value; may be empty
 * @param small what stands beside it in small print, as its interval and what blind choice gets
 */
public record Cell(String text, List<String> small) {
    /** Nothing. */
    public static final Cell EMPTY = of("");

    private static final int DIGITS = 3;

    /** Copies the list. */
    public Cell {
        small = List.copyOf(small);
    }

    /** A text alone. */
    public static Cell of(String text) {
        return new Cell(text, List.of());
    }

    /** A number with a sign and four digits, beside its interval. */
    public static Cell signed(double value, Optional<Interval> ci95) {
        return new Cell(
                Rounded.signed(value), ci95.map(Rounded::signed).stream().toList());
    }

    /** A number without a sign and with three digits, beside its interval. */
    public static Cell plain(double value, Optional<Interval> ci95) {
        return new Cell(
                Rounded.plain(value, DIGITS),
                ci95.map(ends -> Rounded.plain(ends, DIGITS)).stream().toList());
    }

    /** The same with one more text in small print. */
    public Cell beside(String more) {
        return new Cell(text, Stream.concat(small.stream(), Stream.of(more)).toList());
    }
}
