package dev.nla.data.extract.prompt;

/** Renders a text as the model is to read it, and turns tokens back into text. */
public interface PromptEncoder {
    /** The rendered text as tokens. */
    Prompt encode(String text);

    /** The text of some tokens, special tokens left out. */
    String decode(long[] tokenIds);

    /** Whether a token is none of text, but one that tells a sequence, a turn or the like apart. */
    boolean special(long tokenId);

    /** The first {@code tokens} tokens of the bare text, as text. */
    String start(String text, int tokens);

    /**
     * The first token that gives an activation where some are skipped: those before the text do not count, nor do special tokens that the
     * text begins with.
     *
     * @param skipFirst how many tokens of the text are skipped; with 0 the text's first token is the first, whatever it is
     */
    default int firstToken(Prompt prompt, int skipFirst) {
        int first = prompt.textStart();
        while (skipFirst > 0 && first < prompt.length() && special(prompt.tokenIds()[first])) {
            first++;
        }
        return (int) Math.min(prompt.length(), (long) first + skipFirst);
    }

    /** One behind the last token of a prompt that belongs to the text, and not to what stands behind every text. */
    default int textEnd(Prompt prompt) {
        return prompt.length();
    }

    /** {@code chat} or {@code raw}. */
    PromptStyle style();

    /** Changes whenever the tokenizer or the template change. */
    String fingerprint();
}
