package dev.nla.model.gap;

import java.util.SplittableRandom;

/** A seeded permutation that leaves no row in its place. */
public final class Derangement {
    private Derangement() {}

    /** One cycle through all {@code size} rows, every cycle equally likely (Sattolo's algorithm); {@code size} at least 2. */
    public static int[] draw(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }
}
