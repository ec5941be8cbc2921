package dev.nla.data.text;

import dev.nla.data.dataset.DatasetLines;
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
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads {@code texts.jsonl}: one object a line with {@code text} and {@code id} (where no row has one: the line's number), and where known {@code doc_id} (else the id),
 * {@code description}, {@code category}, {@code group} and {@code facts}. Other keys are kept.
 */
public final class TextFile {
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
            return checked(file, objects(DatasetLines.of(file)::forEach), false);
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
        checkSome(name, rows.size(), plain);
        return List.copyOf(rows);
    }

    /** An {@link InputException} where there are no rows. */
    static void checkSome(Path name, int rows, boolean plain) {
        if (rows == 0) {
            throw InputException.data(
                    plain
                            ? "%s: holds no text: a text a line, or paragraphs with blank lines between, were expected"
                            : "%s: holds no rows: one JSON object a line with id and text was expected",
                    name);
        }
    }

    /** Gives every line of a file, in order; what it cannot read is its own complaint. */
    private interface Lines<E extends Exception> {
        void forEach(Consumer<JsonLine> each) throws E;
    }

    private static <E extends Exception> List<TextRow> objects(Lines<E> lines) throws E {
        List<TextRow> rows = new ArrayList<>();
        lines.forEach(new TextLines((line, row) -> rows.add(row)));
        return rows;
    }
}
