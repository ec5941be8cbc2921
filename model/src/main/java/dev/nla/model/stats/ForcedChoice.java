package dev.nla.model.stats;

import dev.nla.model.InputException;

/**
 * A forced choice: a row's own activation is shown among others, drawn without replacement from all other rows, and the one nearest to the
 * reconstruction is chosen. The rank among all rows tells how often that is right, so nothing has to be drawn.
 *
 * @param choices m, its own included
 */
public record ForcedChoice(int choices) {
    /** Choices where nothing else is asked. */
    public static final int DEFAULT_CHOICES = 10;

    /** Checks that there is a choice. */
    public ForcedChoice {
        if (choices < 2) {
            throw InputException.usage("choices are %d, expected at least 2", choices);
        }
    }

    /** What blind guesses come to, 1 / m. */
    public double chance() {
        return 1.0 / choices;
    }

    /**
     * How often each row is chosen right: the probability that the m - 1 others all lie behind it, as the hypergeometric distribution has it.
     *
     * @param ranks [K], of each row's own activation among all candidates, 1 at best; a tie is as good as its rank says
     * @param candidates how many activations were ranked, the own included
     * @return [K], in [0, 1]
     * @throws InputException where there are fewer candidates than choices, or a rank is not one of 1 to {@code candidates}
     */
    public double[] accuracies(int[] ranks, int candidates) {
        if (candidates < choices) {
            throw InputException.data(
                    "%d rows, expected at least %d for a choice among %d", candidates, choices, choices);
        }
        double[] accuracies = new double[ranks.length];
        for (int row = 0; row < ranks.length; row++) {
            if (ranks[row] < 1 || ranks[row] > candidates) {
                throw InputException.data("row %d has rank %d, expected 1 to %d", row, ranks[row], candidates);
            }
            accuracies[row] = allBehind(candidates - ranks[row], candidates - 1);
        }
        return accuracies;
    }

    /** One after the other is drawn from those left: behind / others, then (behind - 1) / (others - 1) and so on. */
    private double allBehind(int behind, int others) {
        double probability = 1;
        for (int drawn = 0; drawn < choices - 1 && probability > 0; drawn++) {
            probability *= (double) (behind - drawn) / (others - drawn);
        }
        return probability;
    }
}
