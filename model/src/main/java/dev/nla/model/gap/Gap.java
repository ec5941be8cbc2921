package dev.nla.model.gap;

import java.util.SplittableRandom;

/**
 * One gap with everything needed to read it. For row i with descriptions g: c = cos(reconstruction<sub>ig</sub>, activation<sub>i</sub>),
 * n = max over the row's negatives j of cos(reconstruction<sub>ig</sub>, activation<sub>j</sub>), gap = mean(c - n).
 *
 * @param correctCos mean cosine of a reconstruction with its own activation, c
 * @param hardNegativeCos mean of its largest cosine with one of the negatives, n
 * @param gap the first minus the second
 * @param accuracy how often the own activation is the nearest, P(c &gt; n)
 * @param chance the accuracy of blind choice, 1 / (negatives + 1)
 * @param calibration floor and ceiling
 */
public record Gap(
        double correctCos,
        double hardNegativeCos,
        double gap,
        double accuracy,
        double chance,
        Calibration calibration) {
    /** The floor is averaged over so many derangements that about this many rows are scored. */
    private static final int FLOOR_ROWS = 10_000;

    private static final int MOST_DERANGEMENTS = 20;

    /**
     * The gap in one form against one set of negatives.
     *
     * @param seed of the floor's derangements
     */
    public static Gap measure(GapInputs inputs, Form form, Negatives negatives, long seed) {
        GapScores scores = GapScores.of(inputs, form, negatives);
        GapScores perfect = GapScores.of(inputs.perfect(), form, negatives);
        double correct = scores.mean(scores::correctCos);
        double hardest = scores.mean(scores::hardNegativeCos);
        return new Gap(
                correct,
                hardest,
                correct - hardest,
                scores.mean(scores::wins),
                negatives.chance(),
                new Calibration(floor(inputs, form, negatives, seed), perfect.mean(perfect::gap)));
    }

    private static double floor(GapInputs inputs, Form form, Negatives negatives, long seed) {
        int derangements = Math.max(1, Math.min(MOST_DERANGEMENTS, FLOOR_ROWS / inputs.texts()));
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int k = 0; k < derangements; k++) {
            GapInputs deranged = inputs.withDescriptionsOf(Derangement.draw(inputs.texts(), random));
            GapScores scores = GapScores.of(deranged, form, negatives);
            sum += scores.mean(scores::gap);
        }
        return sum / derangements;
    }
}
