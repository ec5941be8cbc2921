package dev.nla.train.config;

import java.util.Locale;

/** A closed set of values that a setting can have: an enum whose constants are written in lower case. */
public interface Choice {
    /** The constant's name. */
    String name();

    /** The value as users write it. */
    default String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
