package dev.nla.model.gap;

import java.util.Arrays;
import java.util.stream.IntStream;

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
    /** Ranks all reconstructions: N * N * G products of length d. */
    public static Retrieval of(GapInputs inputs, Form form) {
        int[] ranks = Arrays.stream(ranks(inputs, form))
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();
        int middle = ranks.length / 2;
        return new Retrieval(
                inputs.texts(),
                ranks.length % 2 == 1 ? ranks[middle] : (ranks[middle - 1] + ranks[middle]) / 2.0,
                Arrays.stream(ranks).mapToDouble(rank -> 1.0 / rank).average().orElseThrow(),
                within(1, ranks),
                within(10, ranks));
    }

    /** The rank of every reconstruction of every row, [N][G], 1 at best. */
    public static int[][] ranks(GapInputs inputs, Form form) {
        Cosine cosine = inputs.cosine(form);
        double[] inverse = GapScores.inverseLengths(inputs, cosine);
        int samples = inputs.samples();
        return IntStream.range(0, inputs.texts())
                .parallel()
                .mapToObj(row -> IntStream.range(0, samples)
                        .map(sample -> rank(inputs, cosine, inverse, row, sample))
                        .toArray())
                .toArray(int[][]::new);
    }

    private static int rank(GapInputs inputs, Cosine cosine, double[] inverse, int row, int sample) {
        float[][] activations = inputs.activations();
        Cosine.Direction towards =
                cosine.direction(inputs.reconstructions()[row][sample], "reconstructions[" + row + "][" + sample + "]");
        double correct = towards.cosine(activations[row], inverse[row]);
        int rank = 1;
        for (int other = 0; other < activations.length; other++) {
            // Written so that a cosine which is not a number ranks last, not first.
            rank += other != row && !(towards.cosine(activations[other], inverse[other]) < correct) ? 1 : 0;
        }
        return rank;
    }

    private static double within(int best, int[] ranks) {
        return Arrays.stream(ranks).filter(rank -> rank <= best).count() / (double) ranks.length;
    }
}
