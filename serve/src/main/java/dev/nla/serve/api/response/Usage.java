package dev.nla.serve.api.response;

/**
 * Tokens that an answer took.
 *
 * @param promptTokens read
 * @param completionTokens written
 */
public record Usage(int promptTokens, int completionTokens) {}
