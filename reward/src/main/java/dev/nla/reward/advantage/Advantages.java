package dev.nla.reward.advantage;

import dev.nla.model.InputException;
import java.util.stream.IntStream;

/**
 * Advantages of a batch of groups, (r - mean) / (std + 1e-4) with the unbiased standard deviation.
 *
 * @param values [B], in the order of the rewards; 0 throughout a flat group
 * @param groupSize descriptions a group
 * @param flat [B / groupSize], the groups whose rewards are all equal: nothing is to be learnt from them
 */
public record Advantages(double[] values, int groupSize, boolean[] flat) {
    /** What is added to the standard deviation. */
    public static final double EPSILON = 1e-4;

    /** Rewards this close, for their size, differ only by the rounding of one batch and another. */
    private static final double ROUNDING = 1e-9;

    /** The advantages of {@code rewards} [B], whose groups lie one after the other. */
    public static Advantages of(double[] rewards, int groupSize, ScaleRewards scale) {
        if (groupSize < 2) {
            throw InputException.usage(
                    "num_generations is %d: an advantage needs at least 2 descriptions of each activation", groupSize);
        }
        if (rewards.length == 0 || rewards.length % groupSize != 0) {
            throw new IllegalArgumentException(rewards.length + " rewards in groups of " + groupSize);
        }
        Advantages advantages =
                new Advantages(new double[rewards.length], groupSize, new boolean[rewards.length / groupSize]);
        double batch = standardDeviation(rewards, 0, rewards.length);
        for (int group = 0; group < advantages.flat.length; group++) {
            advantages.fill(group, rewards, scale, batch);
        }
        return advantages;
    }

    /** Groups whose rewards are all equal. */
    public int flatGroups() {
        return (int)
                IntStream.range(0, flat.length).filter(group -> flat[group]).count();
    }

    /** The part of the groups whose rewards are all equal, in [0, 1]. */
    public double flatFraction() {
        return (double) flatGroups() / flat.length;
    }

    private void fill(int group, double[] rewards, ScaleRewards scale, double batch) {
        int from = group * groupSize;
        int to = from + groupSize;
        flat[group] = allEqual(rewards, from, to);
        if (flat[group]) {
            return;
        }
        double divisor =
                switch (scale) {
                    case GROUP -> standardDeviation(rewards, from, to) + EPSILON;
                    case BATCH -> batch + EPSILON;
                    case NONE -> 1;
                };
        double mean = mean(rewards, from, to);
        for (int i = from; i < to; i++) {
            values[i] = (rewards[i] - mean) / divisor;
        }
    }

    private static boolean allEqual(double[] rewards, int from, int to) {
        double low = rewards[from];
        double high = rewards[from];
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(rewards[i])) {
                throw new IllegalArgumentException("reward " + i + " is " + rewards[i]);
            }
            low = Math.min(low, rewards[i]);
            high = Math.max(high, rewards[i]);
        }
        return high - low <= ROUNDING * Math.max(1, Math.max(Math.abs(low), Math.abs(high)));
    }

    private static double mean(double[] rewards, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += rewards[i];
        }
        return sum / (to - from);
    }

    private static double standardDeviation(double[] rewards, int from, int to) {
        double mean = mean(rewards, from, to);
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (rewards[i] - mean) * (rewards[i] - mean);
        }
        return Math.sqrt(squares / (to - from - 1));
    }
}
