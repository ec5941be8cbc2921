package dev.nla.model.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code tokenizer.json} has a text go through, without the vocabulary.
 *
 * @param parts by their keys, of those that the file has
 * @param longestWord most characters of a word, 0 where the model has no such limit
 */
record TokenizerParts(Map<String, JsonNode> parts, int longestWord) {
    static final String NORMALIZER = "normalizer";
    static final String PRE_TOKENIZER = "pre_tokenizer";
    static final String POST_PROCESSOR = "post_processor";
    static final String DECODER = "decoder";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads a file. */
    static TokenizerParts read(byte[] tokenizerJson) throws IOException {
        Map<String, JsonNode> parts = new HashMap<>();
        int longestWord = 0;
        try (JsonParser json = MAPPER.createParser(tokenizerJson)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case NORMALIZER, PRE_TOKENIZER, POST_PROCESSOR, DECODER -> parts.put(key, json.readValueAsTree());
                    case "model" -> longestWord = longestWord(json);
                    default -> json.skipChildren();
                }
            }
        }
        return new TokenizerParts(parts, longestWord);
    }

    /** One of them, where the file has it. */
    Optional<JsonNode> part(String key) {
        return Optional.ofNullable(parts.get(key)).filter(JsonNode::isObject);
    }

    private static int longestWord(JsonParser json) throws IOException {
        int longest = 0;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return longest;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean word = json.currentName().equals("max_input_chars_per_word");
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && word) {
                longest = (int) Math.min(Integer.MAX_VALUE, json.getDoubleValue());
            }
            json.skipChildren();
        }
        return longest;
    }
}
