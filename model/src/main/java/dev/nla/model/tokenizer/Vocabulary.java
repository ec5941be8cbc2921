package dev.nla.model.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The names of the tokens, read from {@code tokenizer.json} without building a tree of its megabytes: {@code model.vocab} as a mapping
 * (BPE, WordPiece) or as a list of pairs (Unigram), and {@code added_tokens}.
 */
final class Vocabulary {
    private final Map<String, Long> ids = new HashMap<>();
    private long highest = -1;

    static Vocabulary read(byte[] tokenizerJson) throws IOException {
        Vocabulary vocabulary = new Vocabulary();
        try (JsonParser json = new JsonFactory().createParser(tokenizerJson)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("its top level is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "model" -> vocabulary.model(json);
                    case "added_tokens" -> vocabulary.added(json);
                    default -> json.skipChildren();
                }
            }
        }
        if (vocabulary.ids.isEmpty()) {
            throw new IOException("it has no tokens");
        }
        return vocabulary;
    }

    OptionalLong idOf(String token) {
        Long id = ids.get(token);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    int size() {
        return (int) highest + 1;
    }

    private void model(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT, "model");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean vocab = json.currentName().equals("vocab");
            JsonToken start = json.nextToken();
            if (vocab && start == JsonToken.START_OBJECT) {
                mapping(json);
            } else if (vocab && start == JsonToken.START_ARRAY) {
                pairs(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void mapping(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String token = json.currentName();
            json.nextToken();
            put(token, json.getLongValue());
        }
    }

    private void pairs(JsonParser json) throws IOException {
        long id = 0;
        while (json.nextToken() == JsonToken.START_ARRAY) {
            json.nextToken();
            put(json.getText(), id++);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                json.skipChildren();
            }
        }
    }

    private void added(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String content = null;
            long id = -1;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "content" -> content = json.getText();
                    case "id" -> id = json.getLongValue();
                    default -> json.skipChildren();
                }
            }
            if (content == null || id < 0) {
                throw new IOException("added_tokens holds an entry without content or id");
            }
            put(content, id);
        }
    }

    private void put(String token, long id) throws IOException {
        if (id < 0 || id >= Integer.MAX_VALUE) {
            throw new IOException("token '" + token + "' has the id " + id);
        }
        ids.put(token, id);
        highest = Math.max(highest, id);
    }

    private static void expect(JsonParser json, JsonToken token, String key) throws IOException {
        if (json.currentToken() != token) {
            throw new IOException(key + " is no JSON object");
        }
    }
}
