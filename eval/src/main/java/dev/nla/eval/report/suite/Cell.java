package dev.nla.eval.report.suite;

import static dev.nla.eval.report.HtmlTable.small;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.suite.Figure;
import java.util.Optional;

/** A figure in a table: its value above its interval and what blind choice gets. */
final class Cell {
    private static final int DIGITS = 3;

    private Cell() {}

    /** With a sign and four digits. */
    static String signed(Optional<Figure> figure) {
        return figure.map(f -> Rounded.signed(f.value())
                        + f.ci95().map(ends -> small(Rounded.signed(ends))).orElse(""))
                .orElse("");
    }

    /** Without a sign, with three digits. */
    static String plain(Optional<Figure> figure) {
        return figure.map(f -> Rounded.plain(f.value(), DIGITS)
                        + f.ci95()
                                .map(ends -> small(Rounded.plain(ends, DIGITS)))
                                .orElse("")
                        + chance(f))
                .orElse("");
    }

    private static String chance(Figure figure) {
        return figure.chance().isPresent()
                ? small("chance " + Rounded.plain(figure.chance().getAsDouble(), DIGITS))
                : "";
    }
}
