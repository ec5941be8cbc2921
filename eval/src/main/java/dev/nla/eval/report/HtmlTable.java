package dev.nla.eval.report;

import java.util.List;

/** A table whose lines are named at their left. Names and heads are texts, cells are HTML. It scrolls where the window is too narrow. */
public final class HtmlTable {
    private final StringBuilder heads = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();
    private final String style;

    /** A table in the page's own style. */
    public HtmlTable() {
        this("");
    }

    /**
     * A table in another style.
     *
     * @param style a class of the page's rules; may be empty
     */
    public HtmlTable(String style) {
        this.style = style;
    }

    /**
     * A head above one column or several.
     *
     * @param text what it says
     * @param columns how many stand below it
     */
    public record Head(String text, int columns) {}

    /** A line of heads, each above one column. */
    public HtmlTable heads(List<String> texts) {
        return spanning(texts.stream().map(text -> new Head(text, 1)).toList());
    }

    /** A line of heads. */
    public HtmlTable spanning(List<Head> above) {
        heads.append("<tr><td></td>");
        for (Head head : above) {
            String span =
                    head.columns() == 1 ? "scope=\"col\"" : "scope=\"colgroup\" colspan=\"" + head.columns() + "\"";
            heads.append("<th ")
                    .append(span)
                    .append('>')
                    .append(Escaped.of(head.text()))
                    .append("</th>");
        }
        heads.append("</tr>");
        return this;
    }

    /** A line. */
    public HtmlTable line(String name, List<String> cells) {
        lines.append("<tr><th scope=\"row\">").append(Escaped.of(name)).append("</th>");
        cells.forEach(cell -> lines.append("<td>").append(cell).append("</td>"));
        lines.append("</tr>\n");
        return this;
    }

    /** Whether it has no line yet. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The table as HTML. */
    public String html() {
        String named = style.isEmpty() ? "" : " class=\"" + style + "\"";
        String head = heads.isEmpty() ? "" : "<thead>" + heads + "</thead>\n";
        return "<div class=\"wide\"><table" + named + ">\n" + head + "<tbody>\n" + lines + "</tbody>\n</table></div>\n";
    }

    /** A text that stands behind the value of a cell, in small print. */
    public static String small(String text) {
        return " <small>" + Escaped.of(text) + "</small>";
    }
}
