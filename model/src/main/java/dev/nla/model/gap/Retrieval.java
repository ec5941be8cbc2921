package dev.nla.model.gap;

import java.util.Arrays;

/**
 * How well a reconstruction finds its own activation among all N. The rank is 1 plus the number of other activations at least as near,
 * for every reconstruction of every row.
 *
 * @param candidates N
 * @param medianRank middle of the ranks, 1 at best
 * @param meanReciprocalRank mean of 1 / rank
 * @param top1 the part of the ranks that are 1
 * @param top10 the part that is 10 or less
 */
public record Retrieval(int candidates, double medianRank, double meanReciprocalRank, double top1, double top10) {
    /** Of all reconstructions: N * N * G products of length d. */
    public static Retrieval of(ScoredRows rows, Form form) {
        int[] ranks = Arrays.stream(rows.ranks(form))
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();
        int middle = ranks.length / 2;
        return new Retrieval(
                rows.size(),
                ranks.length % 2 == 1 ? ranks[middle] : (ranks[middle - 1] + ranks[middle]) / 2.0,
                Arrays.stream(ranks).mapToDouble(rank -> 1.0 / rank).average().orElseThrow(),
                within(1, ranks),
                within(10, ranks));
    }

    private static double within(int best, int[] ranks) {
        return Arrays.stream(ranks).filter(rank -> rank <= best).count() / (double) ranks.length;
    }
}
