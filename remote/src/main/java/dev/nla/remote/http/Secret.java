package dev.nla.remote.http;

import dev.nla.model.InputException;

/**
 * A token or key that goes into a header and nowhere else: it prints as stars.
 *
 * @param value printable ASCII without blanks
 */
public record Secret(String value) {
    /**
     * Checks that it can stand in a header.
     *
     * @throws InputException (usage) where it cannot; the message does not show it
     */
    public Secret {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw InputException.usage(
                    "the given token is empty or holds characters that no header may: copy it again, without blanks");
        }
    }

    /** The value of an {@code Authorization} header. */
    public String bearer() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
