package dev.nla.reward;

import dev.nla.model.InputException;

/**
 * 0 for a text of wanted length, falling in a straight line to -1 at {@code slack} tokens beyond either end.
 *
 * @param shortest fewest tokens wanted
 * @param longest most tokens wanted
 * @param slack tokens beyond an end at which the penalty is whole
 */
public record LengthPenalty(int shortest, int longest, int slack) implements Reward {
    /** Checks the order of the ends. */
    public LengthPenalty {
        if (shortest < 0 || longest < shortest || slack < 1) {
            throw InputException.usage(
                    "the length reward wants %d to %d tokens with a slack of %d, expected 0 <= shortest <= longest and a"
                            + " slack of at least 1",
                    shortest, longest, slack);
        }
    }

    @Override
    public String name() {
        return "length";
    }

    @Override
    public double score(Attempt attempt) {
        int tokens = attempt.text().tokens();
        int outside = Math.max(0, Math.max(shortest - tokens, tokens - longest));
        return -Math.min(1.0, (double) outside / slack);
    }
}
