package dev.nla.cli.command.describe;

import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts of a command line, a file or standard input.
 *
 * @param name of them in complaints
 * @param rows the texts
 */
record TextInput(Path name, List<TextRow> rows) {
    private static final String STANDARD = "-";
    private static final Path STANDARD_INPUT = Path.of("standard input");

    /** The texts of a file, or of standard input: JSON lines where the first begins with a brace, else plain text. */
    static TextInput of(Path file) {
        if (!file.toString().equals(STANDARD)) {
            return new TextInput(file, TextFile.read(file));
        }
        byte[] bytes = standardInput();
        boolean plain = !new String(bytes, 0, Math.min(bytes.length, 1 << 10), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading()
                .startsWith("{");
        return new TextInput(STANDARD_INPUT, TextFile.read(STANDARD_INPUT, new ByteArrayInputStream(bytes), plain));
    }

    /** One text. */
    static TextInput one(String given) {
        return new TextInput(Path.of("--text"), List.of(TextRow.of("text", text(given))));
    }

    /** A text that was given, or is all of standard input. */
    static String text(String given) {
        String text = given;
        if (given.equals(STANDARD)) {
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(standardInput()))
                        .toString()
                        .strip();
            } catch (CharacterCodingException e) {
                throw InputException.data(e, "standard input is not UTF-8: convert it");
            }
        }
        if (text.isBlank()) {
            throw InputException.usage("--text is empty: give a text to describe the activation of");
        }
        return text;
    }

    private static byte[] standardInput() {
        try {
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw InputException.data(e, "standard input cannot be read: %s", e.getMessage());
        }
    }
}
