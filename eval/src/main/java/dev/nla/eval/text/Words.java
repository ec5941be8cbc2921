package dev.nla.eval.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Words as they are counted: runs of letters, with their marks, and digits; case folded. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    private Words() {}

    /** The words of a text in order. */
    static List<String> of(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                .toList();
    }
}
