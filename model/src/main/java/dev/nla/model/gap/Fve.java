package dev.nla.model.gap;

/**
 * Fractions of variance explained: 1 - MSE / baseline, all vectors scaled to length 1 first. Neither is bounded below; both
 * are NaN where all activations point the same way, for there is no variance to explain.
 *
 * @param nrm the baseline is the variance about the mean of the unit vectors
 * @param meanNorm the baseline is the error of that mean scaled to length 1, the best constant guess allowed
 */
public record Fve(double nrm, double meanNorm) {
    private static final double ROUNDING = 1e-12;

    /**
     * What squared errors of unit vectors are held against.
     *
     * @param aboutMean variance of the unit activations about their mean
     * @param aboutNormalisedMean mean squared error of that mean scaled to length 1
     */
    public record Baselines(double aboutMean, double aboutNormalisedMean) {
        /** Of activations [N][d]. */
        public static Baselines of(float[][] activations) {
            double squaredLength = 0;
            for (double m : meanDirection(activations)) {
                squaredLength += m * m;
            }
            // For unit vectors u with mean m: mean |u - m|^2 = 1 - |m|^2 and mean |u - m/|m||^2 = 2 (1 - |m|).
            return new Baselines(1 - squaredLength, 2 * (1 - Math.sqrt(squaredLength)));
        }
    }

    /** Both fractions, over all rows and all reconstructions of each. */
    public static Fve of(GapInputs inputs) {
        Baselines baselines = Baselines.of(inputs.activations());
        double error = meanSquaredError(inputs);
        return new Fve(explained(error, baselines.aboutMean()), explained(error, baselines.aboutNormalisedMean()));
    }

    /** The fraction of a baseline that an error leaves explained; NaN where the baseline is no more than rounding. */
    public static double explained(double error, double baseline) {
        return baseline > ROUNDING ? 1 - error / baseline : Double.NaN;
    }

    /** For unit vectors the squared distance is 2 (1 - cos). */
    private static double meanSquaredError(GapInputs inputs) {
        Cosine cosine = Cosine.raw();
        double sum = 0;
        for (int i = 0; i < inputs.texts(); i++) {
            for (float[] reconstruction : inputs.reconstructions()[i]) {
                sum += 2 * (1 - cosine.between(reconstruction, inputs.activations()[i]));
            }
        }
        return sum / inputs.texts() / inputs.samples();
    }

    private static double[] meanDirection(float[][] vectors) {
        double[] mean = new double[vectors[0].length];
        for (int i = 0; i < vectors.length; i++) {
            double scale = Cosine.raw().inverseLength(vectors[i], "activations[" + i + "]") / vectors.length;
            for (int k = 0; k < mean.length; k++) {
                mean[k] += vectors[i][k] * scale;
            }
        }
        return mean;
    }
}
