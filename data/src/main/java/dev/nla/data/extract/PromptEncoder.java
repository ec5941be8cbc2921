package dev.nla.data.extract;

/** Renders a text as the model is to read it, and turns tokens back into text. */
public interface PromptEncoder {
    /** The rendered text as tokens. */
    Prompt encode(String text);

    /** The text of some tokens, special tokens left out. */
    String decode(long[] tokenIds);

    /** The first {@code tokens} tokens of the bare text, as text. */
    String start(String text, int tokens);

    /** {@code chat} or {@code raw}. */
    PromptStyle style();

    /** Changes whenever the tokenizer or the template change. */
    String fingerprint();
}
