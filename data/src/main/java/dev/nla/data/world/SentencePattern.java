package dev.nla.data.world;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with gaps: {@code {who}} stands for words that say the scene's who, {@code {a who}} for the same with an article.
 *
 * @param text the sentence as it is written in the grammar
 * @param attributes what its gaps ask for, in order
 */
record SentencePattern(String text, Set<String> attributes) {
    private static final Pattern GAP = Pattern.compile("\\{(?:([aA]) )?(\\w+)\\}");

    static SentencePattern of(String text) {
        List<String> names =
                GAP.matcher(text).results().map(gap -> gap.group(2)).toList();
        Set<String> distinct = new LinkedHashSet<>(names);
        if (distinct.size() != names.size()) {
            throw new IllegalArgumentException("a sentence asks twice for the same attribute: " + text);
        }
        return new SentencePattern(text, distinct);
    }

    /** The sentence with its gaps filled by the words of each attribute. */
    String fill(Map<String, String> words) {
        String filled = GAP.matcher(text).replaceAll(gap -> Matcher.quoteReplacement(words(gap, words)));
        return Character.toUpperCase(filled.charAt(0)) + filled.substring(1);
    }

    private static String words(MatchResult gap, Map<String, String> words) {
        List<String> parts = new ArrayList<>();
        String said = words.get(gap.group(2));
        if (gap.group(1) != null) {
            parts.add("aeiou".indexOf(said.charAt(0)) >= 0 ? "an" : "a");
        }
        parts.add(said);
        return String.join(" ", parts);
    }
}
