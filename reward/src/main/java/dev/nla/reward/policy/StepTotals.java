package dev.nla.reward.policy;

import java.util.Arrays;

/**
 * What an optimizer step counts over all its micro-batches.
 *
 * @param descriptions all descriptions, those of flat groups among them even where they are not run
 * @param tokens their tokens
 */
public record StepTotals(long descriptions, long tokens) {
    /** Checks the counts. */
    public StepTotals {
        if (descriptions < 1 || tokens < 0) {
            throw new IllegalArgumentException(descriptions + " descriptions of " + tokens + " tokens");
        }
    }

    /** A step of descriptions of these {@code lengths} in tokens. */
    public static StepTotals of(int[] lengths) {
        return new StepTotals(
                lengths.length, Arrays.stream(lengths).asLongStream().sum());
    }
}
