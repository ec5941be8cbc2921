package dev.nla.model.tokenizer;

import java.util.Objects;

/**
 * One turn of a conversation.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content the text; never interpreted, whatever it holds
 */
public record Message(String role, String content) {
    /** Checks that both are there. */
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /** What the user says. */
    public static Message user(String content) {
        return new Message("user", content);
    }
}
