package dev.nla.data.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Reads and writes files with one JSON object a line (UTF-8, blank lines skipped). */
public final class JsonLines {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLines() {}

    /**
     * Hands every object of {@code file} to {@code each}, in order.
     *
     * @throws InputException where the file cannot be read or a line is not one JSON object
     */
    public static void forEach(Path file, Consumer<JsonLine> each) {
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    each.accept(parse(file, number, line));
                }
            }
        } catch (CharacterCodingException e) {
            throw InputException.data(e, "%s: after line %d: the text is not UTF-8: convert the file", file, number);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, Files.exists(file) ? e : "no such file");
        }
    }

    /** Writes {@code fields} as one line. Non-ASCII characters stay as they are. */
    public static void append(Writer writer, Map<String, ?> fields) throws IOException {
        writer.write(MAPPER.writeValueAsString(fields));
        writer.write('\n');
    }

    /** Writes an object as it was read, as one line. */
    public static void append(Writer writer, ObjectNode fields) throws IOException {
        writer.write(MAPPER.writeValueAsString(fields));
        writer.write('\n');
    }

    private static JsonLine parse(Path file, int number, String line) {
        String json = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node instanceof ObjectNode object) {
                return new JsonLine(file, number, object);
            }
            throw InputException.data("%s:%d: one JSON object a line was expected", file, number);
        } catch (JsonProcessingException e) {
            throw InputException.data(
                    e, "%s:%d: not a JSON object: %s", file, number, firstLine(e.getOriginalMessage()));
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
