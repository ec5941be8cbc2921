package dev.nla.data.text;

import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import dev.nla.model.Key;
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
    /** Reads and checks a file; what is wrong is refused with its line. */
    public static DescriptionsFile read(Path path) {
        if (Files.notExists(path)) {
            throw InputException.data(
                    "%s: there is no such file: give one such as nla eval gap %s writes",
                    path, Key.of("save_descriptions"));
        }
        Map<String, List<String>> byId = new LinkedHashMap<>();
        JsonLines.forEach(path, line -> byId.computeIfAbsent(line.requiredText("id"), id -> new ArrayList<>())
                .add(line.optionalText("description").orElseThrow(() -> line.wrong("description", "a text"))));
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
}
