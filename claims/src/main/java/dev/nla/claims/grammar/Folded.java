package dev.nla.claims.grammar;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts as they are compared: words of letters and digits, case folded, whatever stands between them. */
public final class Folded {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    private Folded() {}

    /** Letters without regard to case. Upper case first: those that have no lower case of their own, such as ß, then fold as well. */
    public static String letters(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** The words in order. */
    public static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(Folded::letters)
                .toList();
    }

    /** The words with one space between them; what has none, such as "%", stays as it is. */
    public static String of(String text) {
        List<String> words = words(text);
        return words.isEmpty() ? text.strip() : String.join(" ", words);
    }
}
