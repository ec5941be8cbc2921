package dev.nla.claims.grammar;

import java.util.Locale;

/**
 * A place for values in a line.
 *
 * @param before what stands between the place before it, or the line's beginning, and this one
 * @param name what its values are of
 * @param kind what stands there
 */
record Slot(String before, String name, Kind kind) {
    /** What stands in a place. */
    enum Kind {
        /** One value. */
        VALUE,
        /** Values with ", " between them, each of this slot. */
        LIST,
        /** Words, each of a slot of its own that counts from the last: {@code just read 1} is the last one. */
        WORDS;

        /** What stands between two values. */
        String separator() {
            return this == WORDS ? " " : ", ";
        }

        /** The name in forms. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The slot of a value, counted from the last one of its place, from 1. */
    String nameOf(int fromLast) {
        return kind == Kind.WORDS ? name + " " + fromLast : name;
    }
}
