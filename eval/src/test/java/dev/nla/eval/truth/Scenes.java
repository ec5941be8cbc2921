package dev.nla.eval.truth;

import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows of which nothing but the facts matters. */
final class Scenes {
    private Scenes() {}

    static Row row(Map<String, Object> facts) {
        return row("doc", facts);
    }

    static Row row(String document, Map<String, Object> facts) {
        return new Row("id", document, "", 0, 1, "", "", "", facts, Split.TEST);
    }

    /** Each a document of its own. */
    static List<Row> rows(List<Map<String, Object>> facts) {
        return IntStream.range(0, facts.size())
                .mapToObj(i -> row("doc " + i, facts.get(i)))
                .toList();
    }
}
