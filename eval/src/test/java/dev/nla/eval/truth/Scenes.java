package dev.nla.eval.truth;

import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import java.util.List;
import java.util.Map;

/** Rows of which nothing but the facts matters. */
final class Scenes {
    private Scenes() {}

    static Row row(Map<String, Object> facts) {
        return new Row("id", "doc", "", 0, 1, "", "", "", facts, Split.TEST);
    }

    static List<Row> rows(List<Map<String, Object>> facts) {
        return facts.stream().map(Scenes::row).toList();
    }
}
