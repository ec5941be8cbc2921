package dev.nla.eval.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A column of a {@link Grid}.
 *
 * @param name lines of its name, one below the other
 * @param cells one a row
 * @param left whether texts begin below each other, as words do; numbers end below each other
 */
record GridColumn(List<String> name, List<String> cells, boolean left) {
    private static final String BETWEEN = "  ";
    private static final String NUMBER = "[-+]?\\d.*|\\[[-+\\d].*|" + Rounded.UNDEFINED + ".*|";

    static GridColumn of(String name, List<?> values, boolean first) {
        List<String> cells = values.stream()
                .map(value -> value == null ? "" : value.toString())
                .toList();
        return new GridColumn(List.of(name), cells, first || !cells.stream().allMatch(cell -> cell.matches(NUMBER)));
    }

    /** Columns that the column takes. */
    int width() {
        return Stream.concat(name.stream(), cells.stream())
                .mapToInt(TextWidth::of)
                .max()
                .orElse(0);
    }

    /** Columns that a line of them takes. */
    static int width(List<GridColumn> columns) {
        return columns.stream().mapToInt(GridColumn::width).sum() + BETWEEN.length() * (columns.size() - 1);
    }

    /** The same with the words of the name in as many lines as make it no wider than the cells, or than its longest word. */
    GridColumn withNarrowName() {
        List<String> words = List.of(String.join(" ", name).split(" "));
        int room = Stream.concat(words.stream(), cells.stream())
                .mapToInt(TextWidth::of)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (String word : words) {
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
            if (!lines.isEmpty() && TextWidth.of(last) + 1 + TextWidth.of(word) <= room) {
                lines.set(lines.size() - 1, last + " " + word);
            } else {
                lines.add(word);
            }
        }
        return new GridColumn(lines, cells, left);
    }

    /** The columns beside each other: their names, a line below, their cells. */
    static List<String> lines(List<GridColumn> columns) {
        int height =
                columns.stream().mapToInt(column -> column.name.size()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            int at = i;
            lines.add(columns.stream()
                    .map(column -> column.padded(column.nameLine(height, at)))
                    .collect(Collectors.joining(BETWEEN)));
        }
        lines.add("-".repeat(width(columns)));
        for (int row = 0; row < columns.get(0).cells.size(); row++) {
            int at = row;
            lines.add(columns.stream()
                    .map(column -> column.padded(column.cells.get(at)))
                    .collect(Collectors.joining(BETWEEN)));
        }
        return lines;
    }

    /** Names end just above the line. */
    private String nameLine(int height, int line) {
        int at = line - (height - name.size());
        return at < 0 ? "" : name.get(at);
    }

    private String padded(String text) {
        String blanks = " ".repeat(width() - TextWidth.of(text));
        return left ? text + blanks : blanks + text;
    }
}
