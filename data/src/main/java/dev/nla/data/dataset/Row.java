package dev.nla.data.dataset;

import java.util.Map;
import java.util.Objects;

/**
 * What a dataset knows of one activation. A string that is not known is empty, an unknown object is an empty map.
 *
 * @param id unique in the dataset
 * @param docId the document the text is from; all rows of a document stand in one split
 * @param text the text the model had read at {@code position}
 * @param position index, from 0, of the token in the rendered prompt whose activation this is
 * @param nRawTokens how many tokens the text alone has, without template and special tokens
 * @param category the coarse kind of text
 * @param group the fine kind of text
 * @param description a description in words
 * @param facts true statements about the text by name
 * @param split the part of the dataset it belongs to
 * @param others every other key of the row, kept as it was
 */
public record Row(
        String id,
        String docId,
        String text,
        int position,
        int nRawTokens,
        String category,
        String group,
        String description,
        Map<String, Object> facts,
        Split split,
        Map<String, Object> others) {
    /** Checks that nothing is null and no number negative. */
    public Row {
        Objects.requireNonNull(docId, "docId");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(others, "others");
        if (id.isBlank() || position < 0 || nRawTokens < 0) {
            throw new IllegalArgumentException("row '" + id + "': an id, a position and a token count of at least 0 "
                    + "were expected, got " + position + " and " + nRawTokens);
        }
    }

    /** A row without further keys. */
    public Row(
            String id,
            String docId,
            String text,
            int position,
            int nRawTokens,
            String category,
            String group,
            String description,
            Map<String, Object> facts,
            Split split) {
        this(id, docId, text, position, nRawTokens, category, group, description, facts, split, Map.of());
    }

    /** The same row in another split. */
    public Row in(Split other) {
        return new Row(id, docId, text, position, nRawTokens, category, group, description, facts, other, others);
    }
}
