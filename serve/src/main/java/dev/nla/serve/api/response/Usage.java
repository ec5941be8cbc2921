package dev.nla.serve.api.response;

/**
 * Tokens that an answer took.
 *
 * @param promptTokens read
 * @param completionTokens written
 */
public record Usage(int promptTokens, int completionTokens) {
    /** Both together. */
    public Usage and(Usage other) {
        return new Usage(promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }
}
