package dev.nla.model.verbalizer;

import dev.nla.model.generation.Completion;

/**
 * What a verbalizer wrote about one activation.
 *
 * @param text what stands before {@code </explanation>} (and after {@code <explanation>}, if it wrote one), trimmed
 * @param parsed whether the text can be used: it is closed, not empty, and holds no marker
 * @param completion its tokens up to and including the closing tag
 */
public record Description(String text, boolean parsed, Completion completion) {
    /** {@code stop} when it ended by itself, {@code length} when the limit cut it. */
    public String finishReason() {
        return completion.stopped() ? "stop" : "length";
    }
}
