package dev.nla.model.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** What is wrong with a JSON or YAML text, in words for those who wrote it: the parsers name their own classes and switches. */
public final class ParserWords {
    private ParserWords() {}

    /** What a parser complains of, in one line. */
    public static String of(JsonProcessingException fault) {
        String message = fault.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("unreadable")
                .strip();
        if (fault instanceof StreamConstraintsException) {
            return message.contains("nesting depth")
                    ? "it is nested more than 1000 levels deep"
                    : "a number, a key or a text in it is too long";
        }
        if (message.startsWith("Trailing token")) {
            return "something follows after its end: one value was expected";
        }
        if (message.startsWith("Non-standard token")) {
            return quoted(message).map(token -> token + " is no number in JSON").orElse("a number is not finite");
        }
        if (message.startsWith("Unrecognized token")) {
            return quoted(message)
                    .map(token -> token + " is no value: texts stand in quotes")
                    .orElse("a value is none");
        }
        if (message.startsWith("Expected a field name")) {
            return "a key is expected here, and there is a list or a block of keys";
        }
        if (message.startsWith("Unexpected end-of-input") || message.startsWith("Unexpected end of input")) {
            return "it ends in the middle";
        }
        return message.replaceAll("\\s*\\(?(for|bound as|from|code) [`\\d][^)]*\\)", "")
                .replaceAll("`[^`]*`|\\b(?:com|java|org)\\.[\\w.$]+|\\w*Exception\\b", "a setting");
    }

    /** Where a tree holds a number that is NaN, infinite or beyond 64 bits, as {@code key is NaN}; empty where there is none. */
    public static Optional<String> notFinite(JsonNode tree) {
        return notFinite("", tree);
    }

    private static Optional<String> notFinite(String place, JsonNode node) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            return Optional.of(
                    (place.isEmpty() ? "the value" : place) + " is " + node.asText() + ": JSON has no such number");
        }
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            Optional<String> found = notFinite((place.isEmpty() ? "" : place + ".") + field.getKey(), field.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<String> found = notFinite(place + "[" + i + "]", node.get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> quoted(String message) {
        int begin = message.indexOf('\'');
        int end = message.indexOf('\'', begin + 1);
        return begin >= 0 && end > begin ? Optional.of(message.substring(begin, end + 1)) : Optional.empty();
    }
}
