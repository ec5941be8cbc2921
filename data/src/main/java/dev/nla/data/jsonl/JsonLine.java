package dev.nla.data.jsonl;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object of a JSON lines file with the place it stands at, so that a wrong value can be named.
 *
 * @param file the file it was read from
 * @param number its line, counted from 1
 * @param fields the object
 */
public record JsonLine(Path file, int number, ObjectNode fields) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    /** The string under {@code key}, which must be there and hold more than white space. */
    public String requiredText(String key) {
        String value = optionalText(key).orElseThrow(() -> error("\"%s\" is missing: every row needs one", key));
        if (value.isBlank()) {
            throw error("\"%s\" is empty: every row needs one", key);
        }
        return value;
    }

    /** The string under {@code key}; empty where the key is missing or null. */
    public Optional<String> optionalText(String key) {
        JsonNode node = fields.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw error("\"%s\" is %s where a string was expected", key, shown(node));
        }
        return Optional.of(node.textValue());
    }

    /** The whole number at or above zero under {@code key}, or {@code missing} where the key is missing or null. */
    public int count(String key, int missing) {
        JsonNode node = fields.get(key);
        if (node == null || node.isNull()) {
            return missing;
        }
        if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() < 0) {
            throw error("\"%s\" is %s where a whole number of at least 0 was expected", key, shown(node));
        }
        return node.intValue();
    }

    /** The object under {@code key} in its own key order; an empty map where the key is missing or null. */
    public Map<String, Object> object(String key) {
        JsonNode node = fields.get(key);
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw error("\"%s\" is %s where an object was expected", key, shown(node));
        }
        return map(node);
    }

    /** Every field but {@code known}, in the order of the line. */
    public Map<String, Object> others(Set<String> known) {
        return map(fields.deepCopy().without(known));
    }

    /** An error about this line that starts with {@code FILE:LINE:}. */
    public InputException error(String format, Object... arguments) {
        return InputException.data("%s:%d: %s", file, number, String.format(format, arguments));
    }

    private static Map<String, Object> map(JsonNode node) {
        return Collections.unmodifiableMap(MAPPER.convertValue(node, MAP));
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
