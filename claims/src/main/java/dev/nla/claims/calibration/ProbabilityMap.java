package dev.nla.claims.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What a score means: the probability that a claim with it is true. Never falls as the score rises. */
public sealed interface ProbabilityMap {
    /** The probability, from 0 to 1. */
    double of(double score);

    /**
     * Isotonic regression: steps with a straight line between them, the ends level.
     *
     * @param scores where the curve has its corners, ascending
     * @param probabilities at these, from 0 to 1, never falling
     */
    record Isotonic(double[] scores, double[] probabilities) implements ProbabilityMap {
        /** Checks the curve. */
        public Isotonic {
            if (scores.length == 0 || scores.length != probabilities.length) {
                throw new IllegalArgumentException(
                        scores.length + " scores, " + probabilities.length + " probabilities");
            }
            for (int i = 0; i < scores.length; i++) {
                boolean rises = i == 0 || scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1];
                if (!rises || !(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                    throw new IllegalArgumentException("corner " + i + " is at " + scores[i] + ", " + probabilities[i]);
                }
            }
        }

        /**
         * The curve that fits best in squares, by pooling neighbours that are out of order (pool adjacent violators). Its corners are the first
         * and last score of each pool.
         *
         * @param scores in any order, at least one
         * @param labels whether each was true
         */
        public static Isotonic fit(double[] scores, boolean[] labels) {
            int[] order = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> scores[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double[] first = new double[order.length];
            double[] last = new double[order.length];
            double[] right = new double[order.length];
            double[] all = new double[order.length];
            int pools = 0;
            for (int i : order) {
                boolean same = pools > 0 && last[pools - 1] == scores[i];
                int pool = same ? pools - 1 : pools++;
                first[pool] = same ? first[pool] : scores[i];
                last[pool] = scores[i];
                right[pool] = (same ? right[pool] : 0) + (labels[i] ? 1 : 0);
                all[pool] = (same ? all[pool] : 0) + 1;
            }
            int kept = 0;
            for (int pool = 0; pool < pools; pool++) {
                first[kept] = first[pool];
                last[kept] = last[pool];
                right[kept] = right[pool];
                all[kept] = all[pool];
                kept++;
                while (kept > 1 && right[kept - 2] * all[kept - 1] >= right[kept - 1] * all[kept - 2]) {
                    last[kept - 2] = last[kept - 1];
                    right[kept - 2] += right[kept - 1];
                    all[kept - 2] += all[kept - 1];
                    kept--;
                }
            }
            return corners(first, last, right, all, kept);
        }

        private static Isotonic corners(double[] first, double[] last, double[] right, double[] all, int pools) {
            double[] scores = new double[2 * pools];
            double[] probabilities = new double[2 * pools];
            int corners = 0;
            for (int pool = 0; pool < pools; pool++) {
                scores[corners] = first[pool];
                probabilities[corners++] = right[pool] / all[pool];
                if (last[pool] > first[pool]) {
                    scores[corners] = last[pool];
                    probabilities[corners++] = right[pool] / all[pool];
                }
            }
            return new Isotonic(Arrays.copyOf(scores, corners), Arrays.copyOf(probabilities, corners));
        }

        @Override
        public double of(double score) {
            int place = Arrays.binarySearch(scores, score);
            if (place >= 0) {
                return probabilities[place];
            }
            int behind = -place - 1;
            if (behind == 0) {
                return probabilities[0];
            }
            if (behind == scores.length) {
                return probabilities[behind - 1];
            }
            double share = (score - scores[behind - 1]) / (scores[behind] - scores[behind - 1]);
            return probabilities[behind - 1] + share * (probabilities[behind] - probabilities[behind - 1]);
        }
    }

    /**
     * Platt's map: a logistic curve over the score, for few claims.
     *
     * @param slope at least 0
     * @param intercept in log odds
     */
    record Platt(double slope, double intercept) implements ProbabilityMap {
        /** Checks the slope. */
        public Platt {
            if (!(slope >= 0) || Double.isNaN(intercept)) {
                throw new IllegalArgumentException("slope " + slope + ", intercept " + intercept);
            }
        }

        @Override
        public double of(double score) {
            return 1 / (1 + Math.exp(-(slope * score + intercept)));
        }
    }
}
