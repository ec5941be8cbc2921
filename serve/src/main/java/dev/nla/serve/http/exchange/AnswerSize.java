package dev.nla.serve.http.exchange;

import dev.nla.serve.api.response.ModelFacts;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of Java's memory that an answer takes at most until it has been sent: as it is made, as a tree of JSON, as text and as bytes.
 *
 * @param model what is served
 */
public record AnswerSize(ModelFacts model) {
    /** A number: a float, its node in a tree, and its digits as text and as bytes. */
    private static final int NUMBER = 64;
    /** A token that is written: a dozen letters, each as text and as JSON. */
    private static final int WRITTEN = 64;
    /** A token that was read: its id and its text, each a node of its own under a name. */
    private static final int READ = 400;
    /** A letter of a loaded text, which is copied into JSON and then into bytes. */
    private static final int LETTER = 6;

    /** Activations. */
    public long vectors(int count) {
        return (long) NUMBER * count * model.width();
    }

    /** Completions, sent whole or in pieces. */
    public long written(int samples, int tokens) {
        return (long) WRITTEN * samples * tokens;
    }

    /** The tokens of a text. */
    public long tokens(String text) {
        return (long) READ * Math.min(model.contextLength(), text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Loaded texts with their descriptions. */
    public long nearest(int count) {
        return model.loaded()
                .map(loaded -> LETTER * loaded.longest() * Math.min(count, loaded.rows()))
                .orElse(0L);
    }
}
