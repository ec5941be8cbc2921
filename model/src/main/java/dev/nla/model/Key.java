package dev.nla.model;

import java.io.Serializable;

/**
 * The name of something that can be given: a setting, a field of a request, an option of a command. Errors carry it in this form, and whoever
 * shows them writes it as it was given there.
 *
 * @param name in snake_case, such as {@code max_length}
 */
public record Key(String name) implements Serializable {
    /** A key of this name. */
    public static Key of(String name) {
        return new Key(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
