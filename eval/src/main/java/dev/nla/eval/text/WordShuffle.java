package dev.nla.eval.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words of a description in random order, each with the punctuation that touches it. Blanks, line breaks, bullets and everything else
 * without a letter or a digit stay in place. Where there are two different words, the order is another one than before. Replaced are the
 * places where another word stands.
 */
public record WordShuffle() implements Rewrite {
    private static final String BULLETS = "•‣◦▪●";
    private static final Pattern RUN = Pattern.compile("[^\\s" + BULLETS + "]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    @Override
    public String key() {
        return "word_shuffle";
    }

    @Override
    public Rewritten rewrite(String description, long seed, int row) {
        List<MatchResult> places = RUN.matcher(description)
                .results()
                .filter(run -> LETTER_OR_DIGIT.matcher(run.group()).find())
                .toList();
        List<String> words = places.stream().map(MatchResult::group).toList();
        List<String> moved = shuffled(words, Rewrite.random(seed, row));
        int replaced = 0;
        int end = 0;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < moved.size(); i++) {
            out.append(description, end, places.get(i).start()).append(moved.get(i));
            end = places.get(i).end();
            replaced += moved.get(i).equals(words.get(i)) ? 0 : 1;
        }
        return new Rewritten(out.append(description.substring(end)).toString(), replaced, words.size());
    }

    private static List<String> shuffled(List<String> words, SplittableRandom random) {
        if (words.stream().distinct().count() < 2) {
            return words;
        }
        List<String> order = new ArrayList<>(words);
        while (order.equals(words)) {
            order = Arrays.asList(permuted(words, random));
        }
        return order;
    }

    private static String[] permuted(List<String> words, SplittableRandom random) {
        String[] order = words.toArray(String[]::new);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            String moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }
}
