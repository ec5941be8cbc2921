package dev.nla.cli.option;

import dev.nla.model.InputException;

/** Numbers that are not to be too small. */
public final class AtLeast {
    private AtLeast() {}

    /** Refuses a flag's number below {@code least}. */
    public static void require(String flag, long value, long least) {
        if (value < least) {
            throw InputException.usage("%s %d: expected at least %d", flag, value, least);
        }
    }
}
