package dev.nla.model.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The names of the tokens, read from {@code tokenizer.json} without building a tree of its megabytes: {@code model.vocab} as a mapping
 * (BPE, WordPiece) or as a list of pairs (Unigram), and {@code added_tokens}.
 */
final class Vocabulary {
    private final Map<String, Long> ids = new HashMap<>();
    private final Set<String> added = new HashSet<>();
    private int ordinary;
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

    /** Whether a token is looked for in texts before anything else. */
    boolean isAdded(String token) {
        return added.contains(token);
    }

    /** The token of an id. */
    Optional<String> nameOf(long id) {
        return ids.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Adds a token as the tokenizer library does: one of the vocabulary keeps its id, another gets the next one. */
    long add(String token) {
        long last = added.stream().mapToLong(ids::get).max().orElse(-1);
        long id = ids.computeIfAbsent(token, name -> Math.max(last + 1, ordinary));
        added.add(token);
        highest = Math.max(highest, id);
        return id;
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
            ordinary++;
        }
    }

    private void pairs(JsonParser json) throws IOException {
        long id = 0;
        while (json.nextToken() == JsonToken.START_ARRAY) {
            json.nextToken();
            put(json.getText(), id++);
            ordinary++;
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
            added.add(content);
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
