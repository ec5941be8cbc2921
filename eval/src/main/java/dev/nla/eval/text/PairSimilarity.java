package dev.nla.eval.text;

import java.util.SplittableRandom;

/**
 * How alike descriptions of different rows are on average.
 *
 * @param sets the words of each description, the G of a row in a run
 * @param samples descriptions a row, G
 */
record PairSimilarity(WordSets sets, int samples) {
    /**
     * Mean Jaccard similarity over all pairs, or over as many as {@code limit} drawn by seed where there are more; NaN where all
     * descriptions are of one row.
     */
    double mean(int limit, long seed) {
        long size = sets.size();
        if (size == samples) {
            return Double.NaN;
        }
        return size * (size - samples) / 2 <= limit ? ofAll() : ofDrawn(limit, new SplittableRandom(seed));
    }

    private double ofAll() {
        double sum = 0;
        long pairs = 0;
        for (int one = 0; one < sets.size(); one++) {
            for (int other = firstOfRow(one) + samples; other < sets.size(); other++) {
                sum += sets.similarity(one, other);
                pairs++;
            }
        }
        return sum / pairs;
    }

    private double ofDrawn(int pairs, SplittableRandom random) {
        double sum = 0;
        for (int pair = 0; pair < pairs; pair++) {
            int one = random.nextInt(sets.size());
            int other = random.nextInt(sets.size() - samples);
            sum += sets.similarity(one, other < firstOfRow(one) ? other : other + samples);
        }
        return sum / pairs;
    }

    private int firstOfRow(int description) {
        return description / samples * samples;
    }
}
