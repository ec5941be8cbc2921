package dev.nla.eval.reply;

import dev.nla.claims.grammar.Folded;
import java.util.Arrays;
import java.util.List;

/**
 * A row whose description says what the model is about to say.
 *
 * @param docId its document
 * @param said what the description says
 * @param greedy how the model goes on by its likeliest tokens
 * @param drawn how it goes on when tokens are drawn, at least once
 */
public record SaidRow(String docId, String said, String greedy, List<String> drawn) {
    /** Checks that something was drawn. */
    public SaidRow {
        if (drawn.isEmpty()) {
            throw new IllegalArgumentException("a row of " + docId + " without a drawn continuation");
        }
    }

    /** Whether the likeliest continuation begins with the first words of what was said, 1 or 0. */
    double greedyBegins(String claim, int words) {
        return begins(greedy, claim, words) ? 1 : 0;
    }

    /** The share of drawn continuations that do. */
    double drawnBegin(String claim, int words) {
        return drawn.stream().filter(text -> begins(text, claim, words)).count() / (double) drawn.size();
    }

    /**
     * Whether a text begins with the first words of a claim, or with all where it has fewer. Letters count without case, and marks beside letters
     * not at all.
     */
    static boolean begins(String text, String claim, int words) {
        List<String> first = words(claim, words);
        return !first.isEmpty() && words(text, first.size()).equals(first);
    }

    private static List<String> words(String text, int most) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(most)
                .map(Folded::of)
                .toList();
    }
}
