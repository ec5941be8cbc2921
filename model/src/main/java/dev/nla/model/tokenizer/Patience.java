package dev.nla.model.tokenizer;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long a text may take, and what is said of one that takes longer.
 *
 * @param file that names the tokenizer
 * @param shortText the most that a short text may take
 */
record Patience(Path file, Duration shortText) {
    private static final int UNITS_A_MILLISECOND = 10;

    /** For a text of so many characters or tokens. */
    Duration of(int length) {
        return shortText.plusMillis(length / UNITS_A_MILLISECOND);
    }

    /** What the call gives within that time. */
    <T> T during(TimeLimit time, int length, String unit, Supplier<T> call) {
        return time.during(of(length), call)
                .orElseThrow(() -> InputException.data(
                        "%s: a text of %d %s takes more than %d seconds, as with a regular expression that tries all ways to"
                                + " match it: shorten the text, or take another tokenizer",
                        file, length, unit, of(length).toSeconds()));
    }
}
