package dev.nla.remote.teacher.chat;

/**
 * Tokens that were paid for.
 *
 * @param input of prompts
 * @param output of answers
 */
public record TokenUsage(long input, long output) {
    /** No tokens. */
    public static final TokenUsage NONE = new TokenUsage(0, 0);

    /** The sum. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, output + other.output);
    }

    /** The difference. */
    public TokenUsage minus(TokenUsage other) {
        return new TokenUsage(input - other.input, output - other.output);
    }
}
