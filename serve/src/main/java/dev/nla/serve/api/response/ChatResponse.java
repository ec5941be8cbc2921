package dev.nla.serve.api.response;

import java.util.List;

/**
 * How a conversation goes on.
 *
 * @param choices one or more answers
 * @param usage tokens
 */
public record ChatResponse(List<Choice> choices, Usage usage) {
    /**
     * An answer.
     *
     * @param text what the assistant says
     * @param finishReason {@code stop} or {@code length}
     */
    public record Choice(String text, String finishReason) {}
}
