package dev.nla.data.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ParserWords;
import dev.nla.model.files.StrictJson;
import dev.nla.model.files.WellFormedText;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads and writes files with one JSON object a line (UTF-8, blank lines skipped). All that is read can be written: half of a surrogate
 * pair is read as U+FFFD.
 */
public final class JsonLines {
    private static final ObjectMapper MAPPER = StrictJson.mapperWithNaN();

    private JsonLines() {}

    /**
     * Hands every object of {@code file} to {@code each}, in order.
     *
     * @throws InputException where the file cannot be read or a line is not one JSON object
     */
    public static void forEach(Path file, Consumer<JsonLine> each) {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            forEach(file, lines, each);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, FileFault.of(e));
        }
    }

    /** The same of lines that are read from elsewhere; {@code file} names them in complaints. */
    public static void forEach(Path file, Utf8Lines lines, Consumer<JsonLine> each) throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                each.accept(parse(file, lines.number(), lines.begin(), line));
            }
        }
    }

    /** Writes {@code fields} as one line. Non-ASCII characters stay as they are. */
    public static void append(Writer writer, Map<String, ?> fields) throws IOException {
        writer.write(WellFormedText.of(MAPPER.writeValueAsString(fields)));
        writer.write('\n');
    }

    /** Writes an object as it was read, as one line. */
    public static void append(Writer writer, ObjectNode fields) throws IOException {
        writer.write(WellFormedText.of(MAPPER.writeValueAsString(fields)));
        writer.write('\n');
    }

    static JsonLine parse(Path file, int number, long begin, String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            Optional<String> notFinite = ParserWords.notFinite(node);
            if (notFinite.isPresent()) {
                throw InputException.data("%s:%d: %s: leave it out or write null", file, number, notFinite.get());
            }
            if (node instanceof ObjectNode object) {
                WellFormedText.mend(object);
                return new JsonLine(file, number, begin, object);
            }
            throw InputException.data("%s:%d: one JSON object a line was expected", file, number);
        } catch (JsonProcessingException e) {
            throw InputException.data(e, "%s:%d: not a JSON object: %s", file, number, ParserWords.of(e));
        }
    }
}
