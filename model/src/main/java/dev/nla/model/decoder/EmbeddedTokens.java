package dev.nla.model.decoder;

import dev.nla.model.InputException;

/** Tokens that a model has embeddings of: all, unless the tokenizer is another model's or was given more tokens. */
public final class EmbeddedTokens {
    private EmbeddedTokens() {}

    /**
     * Refuses a text with a token that the model has no embedding of.
     *
     * @param name how a person finds the text, such as {@code text 'wn-17'}
     * @param vocabulary rows of the embedding
     * @throws InputException where there is one
     */
    public static void require(String name, long[] tokens, int vocabulary) {
        for (long token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw InputException.data(
                        "%s: token %d is outside the model's vocabulary of %d: leave the text out, or take the"
                                + " tokenizer that belongs to the model",
                        name, token, vocabulary);
            }
        }
    }
}
