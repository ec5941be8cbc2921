package dev.nla.model.sidecar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.Document;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The marker whose embedding is replaced, as the tokenizer of the time saw it; whoever uses it compares with the tokenizer at hand.
 *
 * @param text the marker
 * @param id its token id
 * @param leftId the id of the token before it in the rendered prompt, where it was recorded
 * @param rightId the id of the token after it, likewise
 */
public record MarkerTokens(String text, long id, OptionalLong leftId, OptionalLong rightId) {
    private static final String TEXT = "tokens.injection_char";
    private static final String ID = "tokens.injection_token_id";

    /** Checks that there is a text and that ids are not negative. */
    public MarkerTokens {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the marker is empty");
        }
        if (id < 0 || leftId.orElse(0) < 0 || rightId.orElse(0) < 0) {
            throw new IllegalArgumentException("token ids are not negative");
        }
    }

    static Optional<MarkerTokens> read(Document document) {
        Optional<String> text = document.text(TEXT);
        OptionalLong id = document.id(ID);
        if (text.isEmpty() && id.isEmpty()) {
            return Optional.empty();
        }
        if (text.isEmpty() || text.get().isEmpty()) {
            throw document.wrong(TEXT, "the marker, a text that is one token");
        }
        return Optional.of(new MarkerTokens(
                text.get(),
                id.orElseThrow(() -> document.wrong(ID, "the token id of the marker")),
                document.id("tokens.injection_left_neighbor_id"),
                document.id("tokens.injection_right_neighbor_id")));
    }

    void write(ObjectNode tokens) {
        tokens.put("injection_char", text).put("injection_token_id", id);
        leftId.ifPresent(left -> tokens.put("injection_left_neighbor_id", left));
        rightId.ifPresent(right -> tokens.put("injection_right_neighbor_id", right));
    }
}
