package dev.nla.model.gap;

import dev.nla.model.InputException;

/**
 * The negatives of one form, for both rules.
 *
 * @param drawn [N][3]
 * @param neighbours [N][20], nearest first
 */
public record NegativeSets(Negatives drawn, Negatives neighbours) {
    /** Checks that both are about the same rows and hold 3 and 20 a row. */
    public NegativeSets {
        if (drawn.rows().length != neighbours.rows().length) {
            throw InputException.data(
                    "drawn negatives: %d rows, neighbours: %d rows, expected the same",
                    drawn.rows().length, neighbours.rows().length);
        }
        requireWidth(drawn, NegativeRule.THREE_OF_TWENTY.count(), "drawn negatives");
        requireWidth(neighbours, NegativeRule.ALL_TWENTY.count(), "neighbours");
    }

    /** All 20 {@code neighbours} [N][20] of each row, and three drawn from them. */
    public static NegativeSets draw(int[][] neighbours, long seed) {
        Negatives all = new Negatives(neighbours);
        return new NegativeSets(all.draw(NegativeRule.THREE_OF_TWENTY.count(), seed), all);
    }

    /** The negatives of a rule. */
    public Negatives of(NegativeRule rule) {
        return rule == NegativeRule.THREE_OF_TWENTY ? drawn : neighbours;
    }

    private static void requireWidth(Negatives negatives, int expected, String name) {
        if (negatives.width() != expected) {
            throw InputException.data(
                    "%s: %d a row, expected %d, which takes at least %d rows",
                    name, negatives.width(), expected, NegativeRule.NEIGHBOURS + 1);
        }
    }
}
