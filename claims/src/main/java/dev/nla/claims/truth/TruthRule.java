package dev.nla.claims.truth;

import java.util.Locale;

/** How it is judged whether a claim of a slot is true of a row. */
public enum TruthRule {
    /** It is a fact of the row: the attribute of the slot's name has this value, case and punctuation aside. */
    FACT,
    /** Each of its words stands in the text. */
    TEXT,
    /** It is the word at this place, counted from the last one, of what was read. */
    READ,
    /** Half of its words stand in the value that the row's own description gives the slot. */
    HALF,
    /** The row's own description claims the same. */
    DESCRIPTION;

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it asks the row's own description, which someone wrote, and not what is known. */
    public boolean asksDescription() {
        return this == HALF || this == DESCRIPTION;
    }
}
