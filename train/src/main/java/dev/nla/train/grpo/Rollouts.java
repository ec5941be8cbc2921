package dev.nla.train.grpo;

import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The descriptions of one step, group after group.
 *
 * @param rows dataset row of each description
 * @param groupSize descriptions a row
 * @param descriptions one an entry of {@code rows}
 */
record Rollouts(int[] rows, int groupSize, List<Description> descriptions) {
    /** Flattens groups. */
    static Rollouts of(int[] groupRows, List<List<Description>> groups) {
        int size = groups.get(0).size();
        int[] rows = new int[groupRows.length * size];
        List<Description> all = new ArrayList<>(rows.length);
        for (int i = 0; i < groupRows.length; i++) {
            for (Description description : groups.get(i)) {
                rows[all.size()] = groupRows[i];
                all.add(description);
            }
        }
        return new Rollouts(rows, size, all);
    }

    /** Number of descriptions. */
    int size() {
        return rows.length;
    }

    /** Tokens of each description. */
    int[] lengths() {
        return descriptions.stream().mapToInt(Rollouts::length).toArray();
    }

    /** Log-probabilities of each description's tokens where it was written. */
    List<float[]> logProbabilities() {
        return descriptions.stream()
                .map(description -> description.completion().logProbabilities())
                .toList();
    }

    /** The texts. */
    List<String> texts() {
        return descriptions.stream().map(Description::text).toList();
    }

    /** Places of the descriptions that can be used. */
    int[] readable() {
        return IntStream.range(0, size())
                .filter(i -> descriptions.get(i).parsed())
                .toArray();
    }

    /** Whether the policy had a number for every token it wrote; a diverged one writes on without. */
    boolean defined() {
        for (Description description : descriptions) {
            for (float value : description.completion().logProbabilities()) {
                if (Float.isNaN(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int length(Description description) {
        return description.completion().tokens().length;
    }
}
