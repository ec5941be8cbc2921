package dev.nla.eval.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which words texts have, whatever their order and number, and how alike two texts are by that. */
final class WordSets {
    private final int[][] sets;

    private WordSets(int[][] sets) {
        this.sets = sets;
    }

    static WordSets of(List<String> texts) {
        Map<String, Integer> numbers = new HashMap<>();
        int[][] sets = new int[texts.size()][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = Words.of(texts.get(i)).stream()
                    .mapToInt(word -> numbers.computeIfAbsent(word, unseen -> numbers.size()))
                    .distinct()
                    .sorted()
                    .toArray();
        }
        return new WordSets(sets);
    }

    /** Texts. */
    int size() {
        return sets.length;
    }

    /** The Jaccard similarity of two texts, in [0, 1]: words in both / words in either; 1 where neither has any. */
    double similarity(int one, int other) {
        int[] a = sets[one];
        int[] b = sets[other];
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        int either = a.length + b.length - shared;
        return either == 0 ? 1 : (double) shared / either;
    }
}
