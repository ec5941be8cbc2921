package dev.nla.claims.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What a score means: the probability that a claim with it is true. Never falls as the score rises. */
public sealed interface ProbabilityMap {
    /** The probability, from 0 to 1. */
    double of(double score);

    /**
     * Isotonic regression: straight lines between corners, the ends level.
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
         * The curve that fits best in squares, by pooling neighbours that are out of order (pool adjacent violators). Each pool is one corner, at
         * the mean of its scores (Oron and Flournoy, 2017, "Centered isotonic regression"): between pools the probability rises, and no wide
         * pool makes claims of different scores alike.
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
            double[] sum = new double[order.length];
            double[] right = new double[order.length];
            double[] all = new double[order.length];
            int kept = 0;
            for (int at = 0; at < order.length; ) {
                double score = scores[order[at]];
                first[kept] = score;
                last[kept] = score;
                sum[kept] = 0;
                right[kept] = 0;
                all[kept] = 0;
                for (; at < order.length && scores[order[at]] == score; at++) {
                    sum[kept] += score;
                    right[kept] += labels[order[at]] ? 1 : 0;
                    all[kept]++;
                }
                kept++;
                while (kept > 1 && right[kept - 2] * all[kept - 1] >= right[kept - 1] * all[kept - 2]) {
                    kept--;
                    last[kept - 1] = last[kept];
                    sum[kept - 1] += sum[kept];
                    right[kept - 1] += right[kept];
                    all[kept - 1] += all[kept];
                }
            }
            double[] centres = new double[kept];
            double[] probabilities = new double[kept];
            for (int pool = 0; pool < kept; pool++) {
                // Rounding must not lead out of the pool, so that centres rise.
                centres[pool] = Math.min(last[pool], Math.max(first[pool], sum[pool] / all[pool]));
                probabilities[pool] = right[pool] / all[pool];
            }
            return new Isotonic(centres, probabilities);
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
