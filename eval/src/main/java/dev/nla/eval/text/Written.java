package dev.nla.eval.text;

import dev.nla.model.verbalizer.Description;

/**
 * A description as it was written.
 *
 * @param text what it says; where it could not be read, as much of it as there is
 * @param parsed whether it could be read
 */
public record Written(String text, boolean parsed) {
    /** One that a verbalizer wrote. */
    public static Written of(Description description) {
        return new Written(description.text(), description.parsed());
    }

    /** One that could be read. */
    public static Written parsed(String text) {
        return new Written(text, true);
    }
}
