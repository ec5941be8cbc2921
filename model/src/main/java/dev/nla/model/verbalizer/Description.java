package dev.nla.model.verbalizer;

import dev.nla.model.generation.Completion;
import java.util.Optional;

/**
 * What a verbalizer wrote about one activation.
 *
 * @param text the description, trimmed; where it has a defect, as much of it as there is
 * @param defect why it can't be used, if so
 * @param completion its tokens up to and including the closing tag
 */
public record Description(String text, Optional<Explanation.Defect> defect, Completion completion) {
    /** Whether the text can be used. */
    public boolean parsed() {
        return defect.isEmpty();
    }

    /** {@code stop} when it ended by itself, {@code length} when the limit cut it. */
    public String finishReason() {
        return completion.stopped() ? "stop" : "length";
    }
}
