package dev.nla.model.gap;

import java.util.SplittableRandom;

/**
 * Measures the gap. For row i with descriptions g: c = cos(reconstruction<sub>ig</sub>, activation<sub>i</sub>), n = max over the
 * row's negatives j of cos(reconstruction<sub>ig</sub>, activation<sub>j</sub>), gap = mean(c - n). The constant guess does not have
 * gap 0 and the perfect reconstruction does not have gap 1, so floor and ceiling always come with it.
 */
public final class Gap {
    /** The floor is averaged over so many derangements that about this many rows are scored. */
    private static final int FLOOR_ROWS = 10_000;

    private static final int MOST_DERANGEMENTS = 20;

    private Gap() {}

    /**
     * The gap in one form against one set of negatives.
     *
     * @param bootstrap number of resamples, and the seed of the interval and of the floor's derangements
     */
    public static GapResult measure(GapInputs inputs, Form form, Negatives negatives, Bootstrap bootstrap) {
        GapScores scores = GapScores.of(inputs, form, negatives);
        double correct = GapScores.mean(scores.correctCos());
        double hardest = GapScores.mean(scores.hardNegativeCos());
        double gap = correct - hardest;
        double floor = floor(inputs, form, negatives, bootstrap.seed());
        double ceiling =
                GapScores.mean(GapScores.of(inputs.perfect(), form, negatives).gaps());
        return new GapResult(
                correct,
                hardest,
                gap,
                bootstrap.interval95(scores.gaps()),
                GapScores.mean(scores.wins()),
                negatives.chance(),
                floor,
                ceiling,
                ceiling > floor ? (gap - floor) / (ceiling - floor) : Double.NaN);
    }

    private static double floor(GapInputs inputs, Form form, Negatives negatives, long seed) {
        int derangements = Math.max(1, Math.min(MOST_DERANGEMENTS, FLOOR_ROWS / inputs.texts()));
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int k = 0; k < derangements; k++) {
            GapInputs deranged = inputs.withDescriptionsOf(Derangement.draw(inputs.texts(), random));
            sum += GapScores.mean(GapScores.of(deranged, form, negatives).gaps());
        }
        return sum / derangements;
    }
}
