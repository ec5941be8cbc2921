package dev.nla.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Descriptions from elsewhere, one JSON object {@code {"id": ..., "description": ...}} a line; several lines of one id are several samples.
 *
 * @param byId each row's descriptions, rows in the order of the file; every row has the same number
 */
public record DescriptionsFile(Map<String, List<String>> byId) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads and checks a file; what is wrong is refused with its line. */
    public static DescriptionsFile read(Path path) {
        Map<String, List<String>> byId = new LinkedHashMap<>();
        List<String> lines = lines(path);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                JsonNode line = parse(path, i + 1, lines.get(i));
                byId.computeIfAbsent(text(path, i + 1, line, "id"), id -> new ArrayList<>())
                        .add(text(path, i + 1, line, "description"));
            }
        }
        if (byId.isEmpty()) {
            throw InputException.data(
                    "%s holds no descriptions, expected {\"id\": …, \"description\": …} a line", path);
        }
        int samples = byId.values().iterator().next().size();
        byId.forEach((id, texts) -> {
            if (texts.size() != samples) {
                throw InputException.data(
                        "%s: row %s has %d descriptions, others %d: give every row the same number",
                        path, id, texts.size(), samples);
            }
        });
        return new DescriptionsFile(byId);
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw InputException.data(
                    e,
                    "%s cannot be read (%s): give a file of descriptions, as nla eval gap --save-descriptions writes them",
                    path,
                    e.getMessage());
        }
    }

    private static JsonNode parse(Path path, int number, String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw InputException.data("%s: line %d is not JSON", path, number);
        }
    }

    private static String text(Path path, int number, JsonNode line, String key) {
        JsonNode value = line.path(key);
        if (!value.isTextual()) {
            throw InputException.data(
                    "%s: line %d: %s is %s, expected a text",
                    path, number, key, value.isMissingNode() ? "missing" : value);
        }
        return value.asText();
    }
}
