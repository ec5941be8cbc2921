package dev.nla.data.extract.prompt;

import dev.nla.model.InputException;
import dev.nla.model.decoder.EmbeddedTokens;

/**
 * Renders texts for one model, so that what is wrong with a text is said by its name.
 *
 * @param encoder renders them
 * @param vocabulary rows of the model's embedding
 */
public record NamedPrompts(PromptEncoder encoder, int vocabulary) {
    /**
     * The rendered text as tokens.
     *
     * @param name how a person finds the text, such as {@code text 'wn-17'}
     * @throws InputException where the text cannot be tokenized or has a token that the model has no embedding of
     */
    public Prompt encode(String name, String text) {
        return known(name, tokens(name, text));
    }

    /** The same without a look at what the model knows, for a text that may be cut. */
    public Prompt tokens(String name, String text) {
        try {
            return encoder.encode(text);
        } catch (InputException e) {
            throw InputException.data(e, "%s: %s", name, e);
        }
    }

    /** Refuses a token that the model has no embedding of. */
    public Prompt known(String name, Prompt prompt) {
        EmbeddedTokens.require(name, prompt.tokenIds(), vocabulary);
        return prompt;
    }
}
