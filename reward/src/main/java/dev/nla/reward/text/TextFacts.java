package dev.nla.reward.text;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What rewards need to know of a readable description.
 *
 * @param text itself
 * @param tokens its length in tokens, closing tag and end of text not counted
 * @param repetition the part of its runs of three words that occurred before in it, in [0, 1)
 * @param strayMarkup whether it holds tags, chat tokens or broken characters
 */
public record TextFacts(String text, int tokens, double repetition, boolean strayMarkup) {
    private static final int RUN = 3;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKUP = Pattern.compile("</?\\p{Alpha}[^<>]*>|<\\|[^|<>]*\\|>|\\uFFFD");

    /** Checks ranges. */
    public TextFacts {
        if (tokens < 0 || !(repetition >= 0 && repetition <= 1)) {
            throw new IllegalArgumentException(tokens + " tokens, repetition " + repetition);
        }
    }

    /** The facts of {@code text}, which is {@code tokens} tokens long. */
    public static TextFacts of(String text, int tokens) {
        return new TextFacts(
                text, tokens, repetition(text), MARKUP.matcher(text).find());
    }

    private static double repetition(String text) {
        String[] words = Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        int runs = words.length - RUN + 1;
        if (runs < 2) {
            return 0;
        }
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < runs; i++) {
            distinct.add(String.join(" ", Arrays.asList(words).subList(i, i + RUN)));
        }
        return 1 - (double) distinct.size() / runs;
    }
}
