package dev.nla.serve.api.request;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.serve.api.fault.RequestException;
import java.util.List;

/**
 * Tokens of a text, and activations at some of them.
 *
 * @param text what the model reads
 * @param prompt how it is put before the model
 * @param layers blocks, from 0; may be empty
 * @param positions token indices, from 0; empty for the last
 */
public record ExtractRequest(String text, PromptStyle prompt, List<Integer> layers, List<Integer> positions) {
    /** Reads a request. */
    public static ExtractRequest read(Body body, Limits limits) {
        body.only("text", "prompt", "layers", "positions");
        List<Integer> layers = numbers(body, "layers", limits.layers() - 1, limits.items());
        List<Integer> positions = numbers(body, "positions", Integer.MAX_VALUE, limits.items());
        if ((long) layers.size() * Math.max(1, positions.size()) > limits.items()) {
            throw RequestException.invalid(
                    body.name("positions"),
                    "%d layers and %d positions ask for more than the %d vectors that are allowed",
                    layers.size(),
                    positions.size(),
                    limits.items());
        }
        return new ExtractRequest(
                limits.text(body, "text"), Target.prompt(body).orElse(PromptStyle.CHAT), layers, positions);
    }

    private static List<Integer> numbers(Body body, String key, int most, int count) {
        if (!body.has(key)) {
            return List.of();
        }
        return body.list(key, count).stream()
                .map(value -> value.requiredWhole(0, most))
                .distinct()
                .toList();
    }
}
