package dev.nla.train.config.setting;

import java.util.Locale;

/** A closed set of values that a setting can have. Every enum is written in lower case; those of this package can say so themselves. */
public interface Choice {
    /** The constant's name. */
    String name();

    /** The value as users write it. */
    default String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
