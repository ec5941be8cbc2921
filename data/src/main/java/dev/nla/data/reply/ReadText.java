package dev.nla.data.reply;

import dev.nla.data.extract.prompt.PromptStyle;
import java.util.OptionalInt;

/**
 * A text that a model has read and goes on from.
 *
 * @param text what it had read
 * @param tokens how many tokens that was, where it is known. A text that ends inside a word may be read back as other tokens; then nobody
 *     knows how the model would have gone on, and there is no reply
 */
public record ReadText(String text, OptionalInt tokens) {
    /**
     * What the model had read where an activation was taken.
     *
     * @param position of its token, from 0; less where it is not known
     * @param style of the prompt: only a raw text ends at the token
     */
    public static ReadText at(String text, int position, PromptStyle style) {
        return new ReadText(
                text, style == PromptStyle.RAW && position >= 0 ? OptionalInt.of(position + 1) : OptionalInt.empty());
    }

    /** A text that is read for the first time. */
    public static ReadText of(String text) {
        return new ReadText(text, OptionalInt.empty());
    }
}
