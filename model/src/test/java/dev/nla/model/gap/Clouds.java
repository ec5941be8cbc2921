package dev.nla.model.gap;

import java.util.SplittableRandom;

/** Seeded clouds of vectors and blind choices of negatives for the tests. */
final class Clouds {
    private Clouds() {}

    /** Inputs of {@code texts} independent Gaussian rows, and reconstructions that are the activation plus {@code noise} times another. */
    static GapInputs noisy(int texts, int samples, int d, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] activations = new float[texts][];
        float[][][] reconstructions = new float[texts][samples][];
        for (int i = 0; i < texts; i++) {
            activations[i] = gaussian(d, random);
            for (int g = 0; g < samples; g++) {
                float[] other = gaussian(d, random);
                for (int k = 0; k < d; k++) {
                    other[k] = (float) (activations[i][k] + noise * other[k]);
                }
                reconstructions[i][g] = other;
            }
        }
        return new GapInputs(activations, reconstructions, GapInputs.mean(activations));
    }

    /** {@code count} other rows for each row, chosen without a look at the vectors. */
    static Negatives blind(int texts, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] others = new int[texts][];
        for (int i = 0; i < texts; i++) {
            int row = i;
            others[i] = random.ints(0, texts)
                    .filter(other -> other != row)
                    .distinct()
                    .limit(count)
                    .toArray();
        }
        return new Negatives(others);
    }

    static float[] gaussian(int d, SplittableRandom random) {
        float[] v = new float[d];
        for (int k = 0; k < d; k++) {
            v[k] = (float) random.nextGaussian();
        }
        return v;
    }
}
