package dev.nla.eval.render;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** Tables as Markdown. */
public final class Markdown {
    private Markdown() {}

    /** The table's columns and rows between bars; ends with a line break. */
    public static String text(Table table) {
        List<String> names = table.columnNames();
        StringBuilder text = new StringBuilder(line(names));
        text.append(line(names.stream().map(name -> "---").toList()));
        for (int row = 0; row < table.rowCount(); row++) {
            int at = row;
            text.append(line(IntStream.range(0, names.size())
                    .mapToObj(column -> table.column(column).getString(at))
                    .toList()));
        }
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
