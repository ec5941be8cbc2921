package dev.nla.serve.api.request;

import dev.nla.serve.api.fault.RequestException;
import java.util.Optional;

/**
 * Tokens of a prompt.
 *
 * @param begin the first, from 0
 * @param end one behind the last
 */
public record Span(int begin, int end) {
    private static final int ANY = Integer.MAX_VALUE - 1;

    /** The {@code position} of a request: one token's index, or {@code [begin, end]} with the end behind the last. */
    public static Optional<Span> read(Body body, String key) {
        return body.value(key).map(node -> {
            if (!node.isArray()) {
                int at = body.checked(key).requiredWhole(0, ANY);
                return new Span(at, at + 1);
            }
            if (node.size() != 2) {
                throw body.wrong(key, "an index or [begin, end]");
            }
            return new Span(
                            body.entry(key, node, 0).requiredWhole(0, ANY),
                            body.entry(key, node, 1).requiredWhole(0, ANY))
                    .checked(body.name(key));
        });
    }

    private Span checked(String parameter) {
        if (begin >= end) {
            throw RequestException.invalid(parameter, "is [%d, %d]: the span is empty", begin, end);
        }
        return this;
    }

    /** How many tokens. */
    public int length() {
        return end - begin;
    }

    /** Refuses a span that reaches beyond the prompt. */
    public Span within(int tokens, String parameter) {
        if (end > tokens) {
            throw RequestException.invalid(
                    parameter, "reaches token %d but the prompt has %d, counted from 0", end - 1, tokens);
        }
        return this;
    }
}
