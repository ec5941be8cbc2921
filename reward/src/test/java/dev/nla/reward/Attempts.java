package dev.nla.reward;

import dev.nla.reward.text.TextFacts;
import java.util.SplittableRandom;

/** Attempts for the tests. */
final class Attempts {
    static final TextFacts PLAIN = new TextFacts(40, 0, false);

    private Attempts() {}

    static Attempt random(int d, int negatives, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] others = new float[negatives][];
        for (int k = 0; k < negatives; k++) {
            others[k] = gaussian(d, random);
        }
        TextFacts facts = new TextFacts(random.nextInt(200), random.nextDouble(), random.nextBoolean());
        return new Attempt(gaussian(d, random), gaussian(d, random), others, facts);
    }

    /**
     * Target and negatives at right angles around {@code origin}; the reconstruction lies on the arc from the first negative (0) to
     * the target (1).
     */
    static Attempt onArc(double towardsTarget, float[] origin) {
        double angle = towardsTarget * Math.PI / 2;
        float[][] axes = new float[4][];
        for (int k = 0; k < axes.length; k++) {
            axes[k] = origin.clone();
            axes[k][k] += 1;
        }
        float[] reconstruction = origin.clone();
        reconstruction[0] += (float) Math.sin(angle);
        reconstruction[1] += (float) Math.cos(angle);
        return new Attempt(reconstruction, axes[0], new float[][] {axes[1], axes[2], axes[3]}, PLAIN);
    }

    static float[] gaussian(int d, SplittableRandom random) {
        float[] v = new float[d];
        for (int k = 0; k < d; k++) {
            v[k] = (float) random.nextGaussian();
        }
        return v;
    }
}
