package dev.nla.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.dataset.Row;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ParserWords;
import dev.nla.model.files.StrictJson;
import dev.nla.model.files.WellFormedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Descriptions as nla-at-home keeps them: a JSON array of objects with {@code id}, {@code description} and often {@code text}. */
final class AtHomeDescriptions {
    private static final ObjectMapper MAPPER = StrictJson.mapper();

    private AtHomeDescriptions() {}

    /** Every object by its id; its {@link JsonLine#number} counts objects from 1. */
    static Map<String, JsonLine> read(Path file) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw InputException.data(e, "%s: is not valid JSON: %s", file, ParserWords.of(e));
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, FileFault.of(e));
        }
        WellFormedText.mend(tree);
        if (!tree.isArray()) {
            throw InputException.data(
                    "%s: is no JSON array; an array of objects with id and description was expected", file);
        }
        Map<String, JsonLine> byId = new LinkedHashMap<>();
        for (JsonNode node : tree) {
            if (!(node instanceof ObjectNode object)) {
                throw InputException.data("%s: its entry %d is no object", file, byId.size() + 1);
            }
            JsonLine entry = new JsonLine(file, byId.size() + 1, 0, object);
            JsonLine before = byId.putIfAbsent(entry.requiredText("id"), entry);
            if (before != null) {
                throw entry.error(
                        "id \"%s\" is that of entry %d already: leave one of them out",
                        entry.requiredText("id"), before.number());
            }
        }
        return byId;
    }

    /** Writes an object for each row that has a description. */
    static void write(Path file, List<Row> rows) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Row row : rows) {
            if (!row.description().isEmpty()) {
                entries.add(entry(row));
            }
        }
        try {
            AtomicFiles.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> entry(Row row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", row.id());
        entry.put("text", row.text());
        entry.put("category", row.category());
        entry.put("group", row.group());
        entry.put("description", row.description());
        row.others().forEach(entry::putIfAbsent);
        return entry;
    }
}
