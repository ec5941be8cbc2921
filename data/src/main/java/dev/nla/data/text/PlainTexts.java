package dev.nla.data.text;

import dev.nla.data.jsonl.Utf8Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plain text as rows: where blank lines stand between others a text is a paragraph, else it is a line. Its id is the number of the line
 * where it begins.
 */
final class PlainTexts {
    private PlainTexts() {}

    /** Whether a file is plain text by its name. */
    static boolean isNameOf(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".txt");
    }

    static List<TextRow> read(Utf8Lines lines) throws IOException {
        List<List<TextRow>> paragraphs = new ArrayList<>();
        boolean open = false;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                open = false;
                continue;
            }
            if (!open) {
                paragraphs.add(new ArrayList<>());
                open = true;
            }
            paragraphs.get(paragraphs.size() - 1).add(TextRow.of(String.valueOf(lines.number()), line));
        }
        return paragraphs.size() == 1
                ? paragraphs.get(0)
                : paragraphs.stream().map(PlainTexts::joined).toList();
    }

    private static TextRow joined(List<TextRow> lines) {
        return TextRow.of(
                lines.get(0).id(),
                String.join("\n", lines.stream().map(TextRow::text).toList()));
    }
}
