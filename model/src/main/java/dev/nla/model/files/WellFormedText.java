package dev.nla.model.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Text that can be written as UTF-8. JSON may escape half of a surrogate pair ({@code \ud83d}, where an emoji was cut), which is no
 * character: whatever reads JSON from outside puts U+FFFD in its place, so that what was read can be written.
 */
public final class WellFormedText {
    private WellFormedText() {}

    /** The text with U+FFFD for each half of a pair. */
    public static String of(String text) {
        StringBuilder fixed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            fixed = fixed == null ? new StringBuilder(text) : fixed;
            fixed.setCharAt(i, '\uFFFD');
        }
        return fixed == null ? text : fixed.toString();
    }

    /** Mends every key and text of a tree in place. Of keys that become the same, the last one stays. */
    public static void mend(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            object.removeAll();
            fields.forEach(field -> object.set(of(field.getKey()), mended(field.getValue())));
        } else if (tree instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, mended(array.get(i)));
            }
        }
    }

    private static JsonNode mended(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(of(node.textValue()));
        }
        mend(node);
        return node;
    }
}
