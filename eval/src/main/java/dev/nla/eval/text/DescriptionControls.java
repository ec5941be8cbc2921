package dev.nla.eval.text;

import dev.nla.model.InputException;
import dev.nla.model.gap.Derangement;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Descriptions to compare with that take no model to make. */
public final class DescriptionControls {
    /** Training descriptions that the generic one is compared with. */
    public static final int SAMPLE = 500;

    private DescriptionControls() {}

    /**
     * Every row with another row's descriptions; the same rows as in {@link dev.nla.model.gap.GapInputs#deranged} with this seed. Where rows
     * have equal descriptions, a row may still read what it read before.
     *
     * @param rows what each row has, N of them
     * @throws InputException (data) with fewer than two rows
     */
    public static <T> List<T> shuffled(List<T> rows, long seed) {
        if (rows.size() < 2) {
            throw InputException.data("%d rows: to give each the description of another takes at least 2", rows.size());
        }
        return Arrays.stream(Derangement.draw(rows.size(), new SplittableRandom(seed)))
                .mapToObj(rows::get)
                .toList();
    }

    /**
     * The one description that says most of what the others say: of all training descriptions the one with the highest mean Jaccard
     * similarity of words to {@value #SAMPLE} of them, itself left out; the first of several.
     *
     * @param training descriptions of the train split
     * @param seed draws the {@value #SAMPLE}, where there are more
     * @throws InputException (data) without descriptions
     */
    public static String generic(List<String> training, long seed) {
        if (training.isEmpty()) {
            throw InputException.data("no training descriptions to take the most typical of");
        }
        WordSets sets = WordSets.of(training);
        int[] sample = sample(training.size(), new SplittableRandom(seed));
        int best = 0;
        double highest = -1;
        for (int i = 0; i < training.size(); i++) {
            double similarity = meanSimilarity(sets, i, sample);
            if (similarity > highest) {
                best = i;
                highest = similarity;
            }
        }
        return training.get(best);
    }

    /**
     * Every row with the description of the training row that is nearest to it, which is what looking up would give.
     *
     * @param training descriptions of the train split, T of them
     * @param nearest [N], a number in [0, T) for each row
     * @throws InputException (data) where a number is none of a training row
     */
    public static List<String> nearest(List<String> training, int[] nearest) {
        for (int row = 0; row < nearest.length; row++) {
            if (nearest[row] < 0 || nearest[row] >= training.size()) {
                throw InputException.data(
                        "nearest training row of row %d: %d, expected 0 to %d", row, nearest[row], training.size() - 1);
            }
        }
        return Arrays.stream(nearest).mapToObj(training::get).toList();
    }

    private static double meanSimilarity(WordSets sets, int text, int[] sample) {
        return Arrays.stream(sample)
                .filter(other -> other != text)
                .mapToDouble(other -> sets.similarity(text, other))
                .average()
                .orElse(0);
    }

    private static int[] sample(int size, SplittableRandom random) {
        int[] pool = IntStream.range(0, size).toArray();
        int count = Math.min(SAMPLE, size);
        for (int k = 0; k < count; k++) {
            int pick = random.nextInt(k, size);
            int drawn = pool[pick];
            pool[pick] = pool[k];
            pool[k] = drawn;
        }
        return Arrays.copyOf(pool, count);
    }
}
