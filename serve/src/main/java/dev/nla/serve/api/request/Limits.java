package dev.nla.serve.api.request;

import dev.nla.model.InputException;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;

/**
 * The most that one request may ask for.
 *
 * @param width numbers in an activation
 * @param layers blocks of the model
 * @param maxNewTokens tokens of a completion
 * @param samples completions of one request
 * @param textLength characters of a text
 * @param items vectors that one request may ask back, and items of a list
 * @param rows activations that one request may have described
 */
public record Limits(int width, int layers, int maxNewTokens, int samples, int textLength, int items, int rows) {
    /** Checks that something may be asked for. */
    public Limits {
        if (maxNewTokens < 1 || samples < 1 || textLength < 1 || items < 1) {
            throw InputException.usage(
                    "limits of %d new tokens, %d samples, %d characters and %d items: each must be at least 1",
                    maxNewTokens, samples, textLength, items);
        }
    }

    /** A text of a request, which must be there, hold more than blanks and not be too long. */
    public String text(Body body, String key) {
        return length(body.requiredText(key), body.name(key));
    }

    /** A text that must not be too long. */
    String length(String text, String parameter) {
        if (text.length() > textLength) {
            throw RequestException.of(
                    Fault.TOO_LARGE,
                    new RequestException.Parameter(parameter),
                    "has %d characters, more than the %d that are allowed",
                    text.length(),
                    textLength);
        }
        return text;
    }
}
