package dev.nla.serve.api.request;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.model.generation.Sampling;
import dev.nla.serve.api.fault.RequestException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Words or a vector to be written into a text's activation, to see how the model goes on.
 *
 * @param text what the model reads
 * @param prompt how it is put before the model; empty for the way that the reconstructor was trained on
 * @param position the token; empty for the last
 * @param layer the block; empty for the reconstructor's
 * @param source what is written
 * @param added whether it is added to what is there, in place of taking its place
 * @param strength what it is multiplied by
 * @param sampling how the model goes on
 * @param seed of the sampling
 */
public record SteerRequest(
        String text,
        Optional<PromptStyle> prompt,
        OptionalInt position,
        OptionalInt layer,
        Source source,
        boolean added,
        float strength,
        Sampling sampling,
        long seed) {
    private static final double STRONGEST = 1000;
    private static final int TOKENS = 64;

    /** What is written into the activation. */
    public sealed interface Source {
        /**
         * Words, turned into a vector by the reconstructor.
         *
         * @param description the words
         * @param insteadOf words whose vector is subtracted, where there are some
         */
        record Words(String description, Optional<String> insteadOf) implements Source {}

        /** A vector {@code [d]}. */
        record Vector(float[] numbers) implements Source {}
    }

    /** Reads a request. */
    public static SteerRequest read(Body body, Limits limits) {
        body.only(
                "text",
                "prompt",
                "position",
                "layer",
                "description",
                "instead_of",
                "vector",
                "mode",
                "strength",
                "temperature",
                "top_k",
                "top_p",
                "max_new_tokens",
                "seed");
        Optional<String> mode = body.text("mode");
        if (!List.of("add", "replace").contains(mode.orElse("replace"))) {
            throw body.wrong("mode", "add or replace");
        }
        boolean added = mode.filter("add"::equals).isPresent();
        return new SteerRequest(
                limits.text(body, "text"),
                Target.prompt(body),
                body.whole("position", 0, Integer.MAX_VALUE - 1),
                body.whole("layer", 0, limits.layers() - 1),
                source(body, limits, added),
                added,
                body.real("strength", -STRONGEST, STRONGEST).orElse(1.0).floatValue(),
                new Sampling(
                        body.real("temperature", 0, 100).orElse(0.0).floatValue(),
                        body.whole("top_k", 0, Integer.MAX_VALUE).orElse(0),
                        body.real("top_p", Float.MIN_VALUE, 1).orElse(1.0).floatValue(),
                        body.whole("max_new_tokens", 1, limits.maxNewTokens())
                                .orElse(Math.min(TOKENS, limits.maxNewTokens()))),
                body.number("seed").orElse(0L));
    }

    private static Source source(Body body, Limits limits, boolean added) {
        if (body.has("vector") == body.has("description")) {
            throw RequestException.invalid("description", "or vector must be given, and not both");
        }
        if (body.has("instead_of") && (body.has("vector") || !added)) {
            throw RequestException.invalid("instead_of", "goes with description and mode add alone: leave it out");
        }
        return body.has("vector")
                ? new Source.Vector(body.vector("vector", limits.width()).orElseThrow())
                : new Source.Words(
                        limits.text(body, "description"),
                        body.has("instead_of") ? Optional.of(limits.text(body, "instead_of")) : Optional.empty());
    }
}
