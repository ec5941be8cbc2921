package dev.nla.data.text;

import dev.nla.data.jsonl.JsonLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes texts of the lines of a file, one after the other, each with an id of its own: the line's number where no line has one. */
final class TextLines implements Consumer<JsonLine> {
    private static final Set<String> KNOWN =
            Set.of("id", "doc_id", "text", "description", "category", "group", "facts");

    private final BiConsumer<JsonLine, TextRow> each;
    private final Map<String, Integer> lines = new HashMap<>();
    private Optional<JsonLine> unnamed = Optional.empty();
    private int named;

    /** Hands every text to {@code each}, with its line. */
    TextLines(BiConsumer<JsonLine, TextRow> each) {
        this.each = each;
    }

    @Override
    public void accept(JsonLine line) {
        if (!hasId(line)) {
            unnamed = unnamed.or(() -> Optional.of(line));
        } else {
            named++;
        }
        if (unnamed.isPresent() && named > 0) {
            throw unnamed.get().error("\"id\" is missing, other rows have one: give every row an id, or none");
        }
        TextRow row = row(line);
        Integer before = lines.putIfAbsent(row.id(), line.number());
        if (before != null) {
            throw line.error("id \"%s\" stands on line %d already: ids must be unique", row.id(), before);
        }
        each.accept(line, row);
    }

    private static boolean hasId(JsonLine line) {
        return !line.fields().path("id").isMissingNode();
    }

    /** The text of a line. */
    static TextRow row(JsonLine line) {
        String id = hasId(line) ? line.requiredText("id") : String.valueOf(line.number());
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
