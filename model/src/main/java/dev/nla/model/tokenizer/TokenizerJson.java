package dev.nla.model.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A {@code tokenizer.json} together with the tokens that only the files beside it know, which transformers adds when it opens the folder.
 *
 * @param bytes the file, or the file with these tokens in it
 * @param vocabulary its tokens
 */
record TokenizerJson(byte[] bytes, Vocabulary vocabulary) {
    private static final String ADDED = "added_tokens";

    /**
     * Completes a file.
     *
     * @throws InputException where an id of a configured token belongs to another one
     */
    static TokenizerJson of(byte[] file, List<ConfiguredTokens.Token> configured) throws IOException {
        Vocabulary vocabulary = Vocabulary.read(file);
        ObjectMapper mapper = new ObjectMapper();
        List<String> more = new ArrayList<>();
        for (ConfiguredTokens.Token each : configured) {
            AddedToken token = each.token();
            checkId(each, vocabulary);
            if (!token.content().isEmpty() && !vocabulary.isAdded(token.content())) {
                more.add(token.json(mapper, vocabulary.add(token.content())).toString());
            }
        }
        return new TokenizerJson(more.isEmpty() ? file : spliced(file, String.join(",", more)), vocabulary);
    }

    private static void checkId(ConfiguredTokens.Token configured, Vocabulary vocabulary) {
        if (configured.id().isEmpty()) {
            return;
        }
        String content = configured.token().content();
        long id = configured.id().getAsLong();
        OptionalLong known = vocabulary.idOf(content);
        Optional<String> other = known.isPresent() ? Optional.empty() : vocabulary.nameOf(id);
        if (known.orElse(id) != id || other.isPresent()) {
            throw InputException.data(
                    "%s: gives token '%s' the id %d, but in %s %s: the two files are not of one tokenizer, download both again",
                    configured.file(),
                    content,
                    id,
                    Tokenizer.FILE,
                    other.map(name -> "that is the id of '" + name + "'").orElse("its id is " + known.orElse(id)));
        }
    }

    /** The file with entries behind those that {@code added_tokens} has; everything else stays byte for byte. */
    private static byte[] spliced(byte[] file, String entries) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(file)) {
            json.nextToken();
            int behindBrace = (int) json.currentLocation().getByteOffset();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean added = json.currentName().equals(ADDED);
                if (json.nextToken() == JsonToken.START_ARRAY && added) {
                    boolean empty = true;
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        json.skipChildren();
                        empty = false;
                    }
                    int end = (int) json.currentTokenLocation().getByteOffset();
                    return inserted(file, end, (empty ? "" : ",") + entries);
                }
                json.skipChildren();
            }
            return inserted(file, behindBrace, "\"" + ADDED + "\":[" + entries + "],");
        }
    }

    private static byte[] inserted(byte[] file, int at, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + text.length());
        out.write(file, 0, at);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }
}
