package dev.nla.serve.api.request;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.serve.api.fault.RequestException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The three ways of a request to name an activation. */
public sealed interface Target {
    /** The keys of a request that name an activation. */
    List<String> KEYS = List.of("text", "vector", "id", "prompt", "position");

    /**
     * The activation at a token of a text, or the mean over several.
     *
     * @param text what the model reads
     * @param prompt how it is put before the model; empty for the way that the adapter was trained on
     * @param span which tokens; empty for the last
     */
    record OfText(String text, Optional<PromptStyle> prompt, Optional<Span> span) implements Target {
        /** A text that is put before the model in a given way. */
        public OfText(String text, PromptStyle prompt, Optional<Span> span) {
            this(text, Optional.of(prompt), span);
        }
    }

    /**
     * A given activation.
     *
     * @param vector {@code [d]}, finite
     */
    record OfVector(float[] vector) implements Target {}

    /**
     * A loaded activation.
     *
     * @param id of a row of the dataset
     */
    record OfRow(String id) implements Target {}

    /** Reads the one target that a request must have. */
    static Target read(Body body, Limits limits) {
        List<String> given = Stream.of("text", "vector", "id").filter(body::has).toList();
        if (given.size() != 1) {
            throw RequestException.invalid(
                    given.isEmpty() ? body.name("text") : body.name(given.get(1)),
                    "exactly one of text, vector and id must be given");
        }
        return switch (given.get(0)) {
            case "text" -> new OfText(limits.text(body, "text"), prompt(body), Span.read(body, "position"));
            case "vector" -> new OfVector(body.vector("vector", limits.width()).orElseThrow());
            default -> new OfRow(body.requiredText("id"));
        };
    }

    /** How a text is put before the model, where {@code prompt} says it. */
    static Optional<PromptStyle> prompt(Body body) {
        return body.text("prompt").map(style -> switch (style) {
            case "chat" -> PromptStyle.CHAT;
            case "raw" -> PromptStyle.RAW;
            default -> throw body.wrong("prompt", "chat or raw");
        });
    }
}
