package dev.nla.eval.report.part;

import java.util.List;

/**
 * A table whose lines are named at their left.
 *
 * @param heads lines of heads above it; may be empty
 * @param lines the others
 */
public record Table(List<List<Head>> heads, List<Line> lines) {
    /** Copies both lists. */
    public Table {
        heads = heads.stream().map(List::copyOf).toList();
        lines = List.copyOf(lines);
    }

    /** A table with a head above each column. */
    public static Table of(List<String> heads, List<Line> lines) {
        return new Table(List.of(Head.each(heads)), lines);
    }

    /** A table without heads. */
    public static Table of(List<Line> lines) {
        return new Table(List.of(), lines);
    }

    /** Whether it has no line. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /**
     * A head above one column or several.
     *
     * @param text what it says
     * @param columns how many stand below it
     */
    public record Head(String text, int columns) {
        /** Heads of one column each. */
        public static List<Head> each(List<String> texts) {
            return texts.stream().map(text -> new Head(text, 1)).toList();
        }
    }

    /**
     * A line.
     *
     * @param name what stands at its left
     * @param meaning what the name stands for, below it; may be empty
     * @param cells from left to right
     */
    public record Line(String name, String meaning, List<Cell> cells) {
        /** Copies the cells. */
        public Line {
            cells = List.copyOf(cells);
        }

        /** A line whose name needs no word more. */
        public Line(String name, List<Cell> cells) {
            this(name, "", cells);
        }

        /** A line of texts alone. */
        public static Line of(String name, List<String> texts) {
            return new Line(name, texts.stream().map(Cell::of).toList());
        }
    }
}
