package dev.nla.eval.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables as text that fits a terminal of {@value #COLUMNS} columns. */
public final class Grid {
    /** The columns that every terminal has. */
    public static final int COLUMNS = 80;

    private Grid() {}

    /**
     * The whole table, every row of it, under the names of its columns; ends with a line break. Where it is too wide, names of several words
     * stand in several lines; columns for which there is no room even so follow in a table of their own, which begins with the first
     * column again. A first column and one more that are too wide together stand beside each other all the same.
     */
    public static String text(Table table) {
        List<GridColumn> columns = table.columns().stream()
                .map(column -> GridColumn.of(column.name(), column.asList(), column == table.column(0)))
                .toList();
        if (GridColumn.width(columns) > COLUMNS) {
            columns = columns.stream().map(GridColumn::withNarrowName).toList();
        }
        StringBuilder text = new StringBuilder();
        for (List<GridColumn> block : blocks(columns)) {
            text.append(text.isEmpty() ? "" : System.lineSeparator());
            GridColumn.lines(block)
                    .forEach(line -> text.append(line.stripTrailing()).append(System.lineSeparator()));
        }
        return text.toString();
    }

    /** The table with its rows as columns, named by what the first column holds, which has to be another thing in each row. */
    public static Table turned(Table table) {
        Table turned = Table.create(
                "",
                StringColumn.create(table.column(0).name(), table.columnNames().subList(1, table.columnCount())));
        for (int row = 0; row < table.rowCount(); row++) {
            int at = row;
            turned.addColumns(StringColumn.create(
                    table.column(0).getString(at),
                    IntStream.range(1, table.columnCount())
                            .mapToObj(column -> table.column(column).getString(at))
                            .toList()));
        }
        return turned;
    }

    private static List<List<GridColumn>> blocks(List<GridColumn> columns) {
        List<List<GridColumn>> blocks = new ArrayList<>();
        List<GridColumn> block = new ArrayList<>(columns.subList(0, 1));
        for (GridColumn column : columns.subList(1, columns.size())) {
            block.add(column);
            if (GridColumn.width(block) > COLUMNS && block.size() > 2) {
                block.remove(column);
                blocks.add(block);
                block = new ArrayList<>(List.of(columns.get(0), column));
            }
        }
        blocks.add(block);
        return blocks;
    }
}
