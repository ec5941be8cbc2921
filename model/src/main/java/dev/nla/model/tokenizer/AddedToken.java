package dev.nla.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A token that is looked for in a text before anything else is done with it.
 *
 * @param content its text
 * @param singleWord only as a word of its own
 * @param lstrip with the blanks before it
 * @param rstrip with the blanks behind it
 * @param normalized looked for in the normalized text
 * @param special left out where special tokens are
 */
record AddedToken(
        String content, boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized, boolean special) {
    /** A special token with nothing set, as transformers makes one of a bare text. */
    static AddedToken special(String content) {
        return new AddedToken(content, false, false, false, false, true);
    }

    /** Of an object with {@code content} as Hugging Face's files have them; what is absent is as transformers has it. */
    static AddedToken of(JsonNode object, boolean special) {
        boolean isSpecial = special || object.path("special").asBoolean(false);
        return new AddedToken(
                object.path("content").textValue(),
                object.path("single_word").asBoolean(false),
                object.path("lstrip").asBoolean(false),
                object.path("rstrip").asBoolean(false),
                object.path("normalized").asBoolean(!isSpecial),
                isSpecial);
    }

    AddedToken asSpecial() {
        return new AddedToken(content, singleWord, lstrip, rstrip, normalized, true);
    }

    /** As an entry of {@code added_tokens} in {@code tokenizer.json}. */
    ObjectNode json(ObjectMapper mapper, long id) {
        return mapper.createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", singleWord)
                .put("lstrip", lstrip)
                .put("rstrip", rstrip)
                .put("normalized", normalized)
                .put("special", special);
    }
}
