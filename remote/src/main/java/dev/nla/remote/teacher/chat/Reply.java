package dev.nla.remote.teacher.chat;

import java.util.Optional;

/** What came back for one request. */
public sealed interface Reply {
    /**
     * An answer of the model, paid for whatever it says.
     *
     * @param content its text; empty where it gave none
     * @param finishReason why it ended, as the endpoint names it; may be empty
     * @param usage its tokens, where the endpoint counts them
     */
    record Answer(Optional<String> content, String finishReason, Optional<TokenUsage> usage) implements Reply {}

    /**
     * The endpoint will not take this request, and will not the next time either.
     *
     * @param reason what it says
     */
    record Rejection(String reason) implements Reply {}
}
