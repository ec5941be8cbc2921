package dev.nla.data.text;

import dev.nla.data.dataset.RowLines;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.data.jsonl.Utf8Lines;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads {@code texts.jsonl}: one object a line with {@code text} and {@code id} (where no row has one: the line's number), and where known {@code doc_id} (else the id),
 * {@code description}, {@code category}, {@code group} and {@code facts}. Other keys are kept.
 */
public final class TextFile {
    private static final Set<String> KNOWN =
            Set.of("id", "doc_id", "text", "description", "category", "group", "facts");

    private TextFile() {}

    /**
     * Every row of {@code file}, in order. A file {@code *.txt} is read as plain text, see {@link PlainTexts}; {@code rows.jsonl} of a
     * dataset may be in shards.
     *
     * @throws InputException naming file and line where a line is malformed, a text is missing or empty, some rows have an id and others
     *     have none, or an id comes twice; and where the file holds no row
     */
    public static List<TextRow> read(Path file) {
        if (!PlainTexts.isNameOf(file)) {
            return checked(file, objects(RowLines.of(file)::forEach), false);
        }
        try {
            return read(file, Files.newInputStream(file), true);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, FileFault.of(e));
        }
    }

    /**
     * The same of a stream, which is closed.
     *
     * @param name for complaints
     * @param plain whether it is plain text, not JSON lines
     */
    public static List<TextRow> read(Path name, InputStream bytes, boolean plain) {
        try (Utf8Lines lines = new Utf8Lines(name, bytes)) {
            return checked(
                    name,
                    plain ? PlainTexts.read(lines) : objects(each -> JsonLines.forEach(name, lines, each)),
                    plain);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", name, FileFault.of(e));
        }
    }

    private static List<TextRow> checked(Path name, List<TextRow> rows, boolean plain) {
        if (rows.isEmpty()) {
            throw InputException.data(
                    plain
                            ? "%s: holds no text: a text a line, or paragraphs with blank lines between, were expected"
                            : "%s: holds no rows: one JSON object a line with id and text was expected",
                    name);
        }
        return List.copyOf(rows);
    }

    /** Gives every line of a file, in order; what it cannot read is its own complaint. */
    private interface Lines<E extends Exception> {
        void forEach(Consumer<JsonLine> each) throws E;
    }

    private static <E extends Exception> List<TextRow> objects(Lines<E> lines) throws E {
        List<TextRow> rows = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        List<JsonLine> unnamed = new ArrayList<>();
        lines.forEach(line -> {
            if (line.fields().path("id").isMissingNode()) {
                unnamed.add(line);
            }
            if (!unnamed.isEmpty() && unnamed.size() <= rows.size()) {
                throw unnamed.get(0).error("\"id\" is missing, other rows have one: give every row an id, or none");
            }
            TextRow row = row(line);
            Integer before = known.putIfAbsent(row.id(), line.number());
            if (before != null) {
                throw line.error("id \"%s\" stands on line %d already: ids must be unique", row.id(), before);
            }
            rows.add(row);
        });
        return rows;
    }

    private static TextRow row(JsonLine line) {
        String id = line.fields().path("id").isMissingNode() ? String.valueOf(line.number()) : line.requiredText("id");
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
