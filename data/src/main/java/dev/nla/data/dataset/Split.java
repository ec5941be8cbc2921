package dev.nla.data.dataset;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The part of a dataset a row belongs to. */
public enum Split {
    /** Rows that adapters learn from. */
    TRAIN,
    /** Rows that choose between settings and checkpoints. */
    VALIDATION,
    /** Rows that only final numbers are made of. */
    TEST;

    /** The name in files and flags: {@code train}, {@code validation} or {@code test}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The split that someone asks for.
     *
     * @throws InputException where there is none of this label
     */
    public static Split parse(String label) {
        return of(label)
                .orElseThrow(() ->
                        InputException.usage("%s %s: expected train, validation or test", Key.of("split"), label));
    }

    /** The split with this label. */
    public static Optional<Split> of(String label) {
        return Arrays.stream(values())
                .filter(split -> split.label().equals(label))
                .findFirst();
    }
}
