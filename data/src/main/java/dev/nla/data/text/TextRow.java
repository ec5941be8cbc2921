package dev.nla.data.text;

import java.util.Map;
import java.util.Objects;

/**
 * A text and what is known of it. A string that the file lacks is empty, a missing object is an empty map.
 *
 * @param id unique in its file
 * @param docId the document the text is from; rows of one document never stand in two splits
 * @param text the text itself, never blank
 * @param description a description in words, may be empty
 * @param category the coarse kind of text, may be empty
 * @param group the fine kind of text, may be empty
 * @param facts true statements about the text by name, in the file's order
 * @param others every other key of the row, in the file's order
 */
public record TextRow(
        String id,
        String docId,
        String text,
        String description,
        String category,
        String group,
        Map<String, Object> facts,
        Map<String, Object> others) {
    /** Checks that nothing is null and that id and text are not blank. */
    public TextRow {
        Objects.requireNonNull(docId, "docId");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(others, "others");
        if (id.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a row needs an id and a text, got id '" + id + "'");
        }
    }

    /** A bare text that is its own document. */
    public static TextRow of(String id, String text) {
        return new TextRow(id, id, text, "", "", "", Map.of(), Map.of());
    }
}
