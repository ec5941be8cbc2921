package dev.nla.data.jsonl;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.CheckedValue;
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
 * @param begin the byte of the file at which it begins
 * @param fields the object
 */
public record JsonLine(Path file, int number, long begin, ObjectNode fields) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    /** The text under {@code key}, which must be there and hold more than white space. */
    public String requiredText(String key) {
        return value(key).filledText();
    }

    /** The text under {@code key}; empty where the key is missing or null. */
    public Optional<String> optionalText(String key) {
        return value(key).text();
    }

    /** The whole number at or above zero under {@code key}, or {@code missing} where the key is missing or null. */
    public int count(String key, int missing) {
        return value(key).whole(0, Integer.MAX_VALUE).orElse(missing);
    }

    /** The object under {@code key} in its own key order; an empty map where the key is missing or null. */
    public Map<String, Object> object(String key) {
        return value(key).object().map(JsonLine::map).orElse(Map.of());
    }

    /** Every field but {@code known}, in the order of the line. */
    public Map<String, Object> others(Set<String> known) {
        return map(fields.deepCopy().without(known));
    }

    /** An error about this line that starts with {@code FILE:LINE:}. */
    public InputException error(String format, Object... arguments) {
        return InputException.data("%s:%d: %s", file, number, String.format(format, arguments));
    }

    /**
     * An error about the value under a key.
     *
     * @param expectation what was expected and, where there is one, the way out; ends the sentence {@code expected …}
     */
    public InputException wrong(String key, String expectation) {
        return refused(key, value(key).complaint(expectation));
    }

    private CheckedValue value(String key) {
        return new CheckedValue(key, fields.get(key), this::refused);
    }

    private InputException refused(String key, String complaint) {
        return error("%s %s", key, complaint);
    }

    private static Map<String, Object> map(JsonNode node) {
        return Collections.unmodifiableMap(MAPPER.convertValue(node, MAP));
    }
}
