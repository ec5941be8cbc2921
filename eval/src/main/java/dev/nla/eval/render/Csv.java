package dev.nla.eval.render;

import java.io.StringWriter;
import tech.tablesaw.api.Table;

/** Tables as comma-separated values. */
public final class Csv {
    private Csv() {}

    /** The table with a line of names. */
    public static String text(Table table) {
        StringWriter text = new StringWriter();
        table.write().csv(text);
        return text.toString();
    }
}
