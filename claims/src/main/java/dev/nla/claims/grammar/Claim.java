package dev.nla.claims.grammar;

import java.util.Objects;

/**
 * One value of one slot, as a description states it.
 *
 * @param slot what the value is of, such as {@code country}; {@link LineForm#TYPE} for what a line says by its beginning alone,
 *     {@link LineForm#FREE} for a line that fits no form
 * @param value as it is written
 * @param begin index of its first character in the description
 * @param end index behind its last
 */
public record Claim(String slot, String value, int begin, int end) {
    /** Checks the place. */
    public Claim {
        Objects.requireNonNull(slot, "slot");
        if (value.isBlank() || begin < 0 || end != begin + value.length()) {
            throw new IllegalArgumentException(slot + " '" + value + "' from " + begin + " to " + end);
        }
    }

    /** Whether the other states the same, case, punctuation and place aside. */
    public boolean saysTheSameAs(Claim other) {
        return slot.equals(other.slot) && Folded.of(value).equals(Folded.of(other.value));
    }
}
