package dev.nla.eval.truth;

import dev.nla.claims.grammar.Folded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of letters and digits in a text.
 *
 * @param spelling as it stands there, case folded
 * @param singulars what it can be the English plural of, itself first
 * @param begin index of its first character
 * @param end index behind its last
 */
record Word(String spelling, Set<String> singulars, int begin, int end) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern TAKES_ES = Pattern.compile(".*(s|x|z|ch|sh|o)es");

    /** Shorter words are no plurals: "as", "his", "toe" from "toes" but not "to". */
    private static final int SHORTEST_SINGULAR = 3;

    /** The words of a text in order. */
    static List<Word> in(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String spelling = Folded.letters(matcher.group());
            words.add(new Word(spelling, singulars(spelling), matcher.start(), matcher.end()));
        }
        return words;
    }

    /** Whether the two are the same word, number aside. */
    boolean matches(Word other) {
        return spelling.equals(other.spelling) || singulars.stream().anyMatch(other.singulars::contains);
    }

    private static Set<String> singulars(String word) {
        Set<String> found = new LinkedHashSet<>();
        found.add(word);
        if (word.endsWith("s") && !word.endsWith("ss")) {
            add(found, cut(word, 1));
            if (TAKES_ES.matcher(word).matches()) {
                add(found, cut(word, 2));
            }
            if (word.endsWith("ies")) {
                add(found, cut(word, 3) + "y");
            }
        }
        return found;
    }

    private static void add(Set<String> found, String singular) {
        if (singular.length() >= SHORTEST_SINGULAR) {
            found.add(singular);
        }
    }

    private static String cut(String word, int letters) {
        return word.substring(0, Math.max(0, word.length() - letters));
    }
}
