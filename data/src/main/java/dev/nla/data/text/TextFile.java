package dev.nla.data.text;

import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code texts.jsonl}: one object a line with {@code id} and {@code text}, and where known {@code doc_id} (else the id),
 * {@code description}, {@code category}, {@code group} and {@code facts}. Other keys are kept.
 */
public final class TextFile {
    private static final Set<String> KNOWN =
            Set.of("id", "doc_id", "text", "description", "category", "group", "facts");

    private TextFile() {}

    /**
     * Every row of {@code file}, in order.
     *
     * @throws InputException naming file and line where a line is malformed, an id or text is missing or empty, or an id comes twice;
     *     and where the file holds no row
     */
    public static List<TextRow> read(Path file) {
        List<TextRow> rows = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        JsonLines.forEach(file, line -> {
            TextRow row = row(line);
            Integer before = lines.putIfAbsent(row.id(), line.number());
            if (before != null) {
                throw line.error("id \"%s\" stands on line %d already: ids must be unique", row.id(), before);
            }
            rows.add(row);
        });
        if (rows.isEmpty()) {
            throw InputException.data("%s: holds no rows: one JSON object a line with id and text was expected", file);
        }
        return List.copyOf(rows);
    }

    private static TextRow row(JsonLine line) {
        String id = line.requiredText("id");
        return new TextRow(
                id,
                line.optionalText("doc_id")
                        .filter(document -> !document.isBlank())
                        .orElse(id),
                line.requiredText("text"),
                line.optionalText("description").orElse(""),
                line.optionalText("category").orElse(""),
                line.optionalText("group").orElse(""),
                line.object("facts"),
                line.others(KNOWN));
    }
}
