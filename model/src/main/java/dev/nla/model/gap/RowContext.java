package dev.nla.model.gap;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One row with its G reconstructions, from which every metric of a row follows: each is a mean over the row's descriptions.
 *
 * @param all the rows it is one of
 * @param row its number among them
 */
public record RowContext(ScoredRows all, int row) {
    /** The gap. */
    public double gap(Form form, NegativeRule rule) {
        return all.gap(form, rule).gap(row);
    }

    /** The part of the descriptions that are nearer to the own activation than to all negatives. */
    public double accuracy(Form form, NegativeRule rule) {
        return all.gap(form, rule).wins(row);
    }

    /** The cosine with the own activation. */
    public double cosine(Form form) {
        return Arrays.stream(own(form)).average().orElseThrow();
    }

    /**
     * The fraction of variance explained; NaN where there is none to explain.
     *
     * @param baseline what the squared error of unit vectors, 2 (1 - cos), is held against
     */
    public double explained(ToDoubleFunction<Fve.Baselines> baseline) {
        return Fve.explained(2 * (1 - cosine(Form.LEGACY)), baseline.applyAsDouble(all.baselines()));
    }

    /** The ranks of the own activation among all rows, centred, [G], 1 at best. */
    public int[] ranks() {
        return all.ranks(Form.CENTERED)[row];
    }

    /** How many rows there are to be ranked among. */
    public int rows() {
        return all.size();
    }

    /** The row's descriptions, to choose among: centred cosines, against all twenty neighbours. */
    public List<BestOf.Candidate> candidates() {
        GapScores scores = all.gap(Form.CENTERED, NegativeRule.ALL_TWENTY);
        return IntStream.range(0, scores.own()[row].length)
                .mapToObj(
                        sample -> new BestOf.Candidate(scores.own()[row][sample], scores.hardest()[row][sample], true))
                .toList();
    }

    private double[] own(Form form) {
        return all.gap(form, NegativeRule.ALL_TWENTY).own()[row];
    }
}
