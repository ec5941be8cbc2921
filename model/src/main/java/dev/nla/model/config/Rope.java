package dev.nla.model.config;

/** Rotary position embedding: which frequencies rotate the pairs of a head's dimensions. */
public sealed interface Rope permits DefaultRope, LinearRope, Llama3Rope {
    /** The base of the geometric series of wavelengths. */
    double theta();

    /**
     * The angle per position of each rotated pair, in radians, computed in float32 as transformers does.
     *
     * @param rotaryDim how many dimensions of a head are rotated, even
     * @return {@code [rotaryDim / 2]}
     */
    float[] inverseFrequencies(int rotaryDim);
}
