package dev.nla.reward.testing;

import dev.nla.reward.Attempt;
import dev.nla.reward.text.TextFacts;
import java.util.SplittableRandom;

/** Attempts that rewards are tried on. */
public final class Attempts {
    /** Facts of a text that nothing is wrong with. */
    public static final TextFacts PLAIN = new TextFacts("The goat kept close.", 40, 0, false);

    private Attempts() {}

    /** A random one with so many negatives: the same for the same seed. */
    public static Attempt random(int d, int negatives, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] others = new float[negatives][];
        for (int k = 0; k < negatives; k++) {
            others[k] = gaussian(d, random);
        }
        TextFacts facts = new TextFacts("Text " + seed, random.nextInt(200), random.nextDouble(), random.nextBoolean());
        return new Attempt(gaussian(d, random), gaussian(d, random), others, facts);
    }

    /**
     * Target and negatives at right angles around {@code origin}; the reconstruction lies on the arc from the first negative (0) to
     * the target (1).
     */
    public static Attempt onArc(double towardsTarget, float[] origin) {
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
