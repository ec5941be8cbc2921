package dev.nla.claims;

import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.TextRow;
import java.util.Map;

/** Rows of which only text, facts and description matter. */
public final class DescribedRows {
    private DescribedRows() {}

    /** A row. */
    public static Row row(String text, String description, Map<String, Object> facts) {
        return new Row("r", "d", text, 0, 0, "", "", description, facts, Split.TRAIN);
    }

    /** A row that was read from a file of texts. */
    public static Row row(TextRow text) {
        return row(text.text(), text.description(), text.facts());
    }
}
