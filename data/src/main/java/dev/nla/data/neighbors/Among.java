package dev.nla.data.neighbors;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.Locale;

/** Which rows may be neighbours of a row. */
public enum Among {
    /** Rows of its own split: what training and evaluation each need. */
    SPLIT,
    /** All rows of the dataset. */
    ALL;

    /** The name in flags and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code split} or {@code all}. */
    public static Among parse(String label) {
        return switch (label) {
            case "split" -> SPLIT;
            case "all" -> ALL;
            default -> throw InputException.usage("%s %s: split or all was expected", Key.of("among"), label);
        };
    }
}
