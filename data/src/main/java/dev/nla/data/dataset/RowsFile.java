package dev.nla.data.dataset;

import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The lines of {@code rows.jsonl}, one row each, in the order of the activations. */
final class RowsFile {
    static final String NAME = ShardPlan.ROWS;
    private static final Set<String> KNOWN = Set.of(
            "id", "doc_id", "text", "position", "n_raw_tokens", "category", "group", "description", "facts", "split");

    private RowsFile() {}

    static List<Row> read(Path file) {
        List<Row> rows = new ArrayList<>();
        forEach(file, rows::add);
        return List.copyOf(rows);
    }

    /** Hands every row to {@code each}, in order, and tells how many there were. */
    static int forEach(Path file, Consumer<Row> each) {
        Map<String, Integer> lines = new HashMap<>();
        JsonLines.forEach(file, line -> {
            Row row = row(line);
            Integer before = lines.putIfAbsent(row.id(), line.number());
            if (before != null) {
                throw line.error("id \"%s\" stands on line %d already: ids must be unique", row.id(), before);
            }
            each.accept(row);
        });
        return lines.size();
    }

    static void append(Writer writer, Row row) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", row.id());
        fields.put("doc_id", row.docId());
        fields.put("text", row.text());
        fields.put("position", row.position());
        fields.put("n_raw_tokens", row.nRawTokens());
        putKnown(fields, "category", row.category());
        putKnown(fields, "group", row.group());
        putKnown(fields, "description", row.description());
        if (!row.facts().isEmpty()) {
            fields.put("facts", row.facts());
        }
        fields.put("split", row.split().label());
        row.others().forEach(fields::putIfAbsent);
        JsonLines.append(writer, fields);
    }

    private static void putKnown(Map<String, Object> fields, String key, String value) {
        if (!value.isEmpty()) {
            fields.put(key, value);
        }
    }

    static Row row(JsonLine line) {
        String id = line.requiredText("id");
        return new Row(
                id,
                line.optionalText("doc_id")
                        .filter(document -> !document.isBlank())
                        .orElse(id),
                line.optionalText("text").orElse(""),
                line.count("position", 0),
                line.count("n_raw_tokens", 0),
                line.optionalText("category").orElse(""),
                line.optionalText("group").orElse(""),
                line.optionalText("description").orElse(""),
                line.object("facts"),
                split(line),
                line.others(KNOWN));
    }

    private static Split split(JsonLine line) {
        String label = line.optionalText("split")
                .orElseThrow(() -> line.error("the row has no \"split\": assign splits with `nla data split`"));
        return Split.of(label).orElseThrow(() -> line.wrong("split", "train, validation or test"));
    }
}
