package dev.nla.model.config;

/**
 * The scaling of Llama 3.1 and later: long wavelengths are divided by the factor, short ones kept, those between blended.
 *
 * @param theta the base, above 0
 * @param factor divisor of the low frequencies
 * @param lowFrequencyFactor wavelengths above {@code originalPositions / lowFrequencyFactor} are scaled
 * @param highFrequencyFactor wavelengths below {@code originalPositions / highFrequencyFactor} are kept; above the low factor
 * @param originalPositions the context length before scaling
 */
public record Llama3Rope(
        double theta, double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions)
        implements Rope {
    @Override
    public float[] inverseFrequencies(int rotaryDim) {
        float[] frequencies = new DefaultRope(theta).inverseFrequencies(rotaryDim);
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = scaled(frequencies[i]);
        }
        return frequencies;
    }

    private float scaled(float frequency) {
        float wavelength = (float) (2 * Math.PI) / frequency;
        if (wavelength > originalPositions / lowFrequencyFactor) {
            return frequency / (float) factor;
        }
        if (wavelength < originalPositions / highFrequencyFactor) {
            return frequency;
        }
        float kept = (originalPositions / wavelength - (float) lowFrequencyFactor)
                / (float) (highFrequencyFactor - lowFrequencyFactor);
        return (1 - kept) * frequency / (float) factor + kept * frequency;
    }
}
