package dev.nla.eval.render;

import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** Tables as text. */
public final class Grid {
    private Grid() {}

    /** The whole table, every row of it, without the line that is kept for a title; ends with a line break. */
    public static String text(Table table) {
        return table.printAll()
                .lines()
                .skip(1)
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }
}
