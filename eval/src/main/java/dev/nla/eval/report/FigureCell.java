package dev.nla.eval.report;

import dev.nla.eval.render.Rounded;
import dev.nla.eval.report.part.Cell;
import dev.nla.eval.suite.Figure;
import java.util.Optional;

/** A figure of a suite in a table: its value, its interval, and where it has no sign what blind choice gets. */
final class FigureCell {
    private FigureCell() {}

    /** Empty where there is none. */
    static Cell of(Optional<Figure> figure, boolean signed) {
        return figure.map(f -> signed ? Cell.signed(f.value(), f.ci95()) : plain(f))
                .orElse(Cell.EMPTY);
    }

    private static Cell plain(Figure figure) {
        Cell cell = Cell.plain(figure.value(), figure.ci95());
        return figure.chance().isPresent()
                ? cell.beside("chance " + Rounded.plain(figure.chance().getAsDouble(), 3))
                : cell;
    }
}
