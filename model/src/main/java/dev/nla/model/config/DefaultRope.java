package dev.nla.model.config;

/**
 * The rotary embedding as published (RoFormer, Su et al. 2021): frequency i is {@code theta^(-2i / rotaryDim)}.
 *
 * @param theta the base, above 0
 */
public record DefaultRope(double theta) implements Rope {
    @Override
    public float[] inverseFrequencies(int rotaryDim) {
        float[] frequencies = new float[rotaryDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float exponent = (float) (2 * i) / rotaryDim;
            frequencies[i] = 1f / (float) Math.pow((float) theta, exponent);
        }
        return frequencies;
    }
}
