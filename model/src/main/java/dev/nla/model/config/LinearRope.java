package dev.nla.model.config;

/**
 * Linear position interpolation (Chen et al. 2023): every frequency divided by one factor.
 *
 * @param theta the base, above 0
 * @param factor how many times longer the context becomes
 */
public record LinearRope(double theta, double factor) implements Rope {
    @Override
    public float[] inverseFrequencies(int rotaryDim) {
        float[] frequencies = new DefaultRope(theta).inverseFrequencies(rotaryDim);
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] /= (float) factor;
        }
        return frequencies;
    }
}
