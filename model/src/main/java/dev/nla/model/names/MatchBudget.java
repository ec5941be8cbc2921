package dev.nla.model.names;

import dev.nla.model.InputException;

/** How many steps a set of patterns may take together, so that a foreign file cannot keep a program busy. */
final class MatchBudget {
    private static final long STEPS = 200_000_000;

    private long left = STEPS;

    /** Takes steps away. */
    void spend(int steps) {
        left -= steps;
        if (left < 0) {
            throw InputException.data(
                    "the adapter's patterns of module names take more than %d steps to match: write simpler ones",
                    STEPS);
        }
    }
}
