package dev.nla.model.gap;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which of several descriptions of an activation is the best. */
public enum BestOf {
    /** The one whose reconstruction is nearest to the activation: what a reader with the critic at hand would take. */
    NEAREST {
        @Override
        double score(Candidate candidate) {
            return candidate.own;
        }
    },

    /** The nearest of those that could be parsed, and after them the others: what is shown to people. */
    NEAREST_PARSED {
        @Override
        double score(Candidate candidate) {
            return candidate.own;
        }

        @Override
        boolean last(Candidate candidate) {
            return !candidate.parsed;
        }
    },

    /**
     * The one with the largest cosine plus gap: what is learnt from (rejection sampling). The gap alone would choose words that lead away from
     * the activation, as long as they lead further from its neighbours.
     */
    NEAREST_AND_APART {
        @Override
        double score(Candidate candidate) {
            return candidate.own + (candidate.own - candidate.hardest);
        }
    };

    /**
     * One of them.
     *
     * @param own the cosine of its reconstruction with the activation
     * @param hardest the largest with one of the activation's neighbours; NaN where that is not known
     * @param parsed whether it could be read
     */
    public record Candidate(double own, double hardest, boolean parsed) {}

    /** Larger is better. */
    abstract double score(Candidate candidate);

    /** Whether it stands behind all others. */
    boolean last(Candidate candidate) {
        return false;
    }

    /** Their indices, the best first; of equals the one that came first, and what has no score last. */
    public int[] order(List<Candidate> candidates) {
        return IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> last(candidates.get(i)))
                        .thenComparing(i -> -score(candidates.get(i))))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The index of the best, of at least one. */
    public int of(List<Candidate> candidates) {
        return order(candidates)[0];
    }

    /** The index of every row's best description, [N]. */
    public int[] of(ScoredRows rows) {
        return IntStream.range(0, rows.size())
                .map(row -> of(rows.row(row).candidates()))
                .toArray();
    }
}
