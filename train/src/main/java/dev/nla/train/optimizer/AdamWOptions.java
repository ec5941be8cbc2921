package dev.nla.train.optimizer;

import dev.nla.train.config.run.OptimizerSettings;

/** The constants of AdamW: decays of both moments, the number that keeps divisions finite, decoupled weight decay. */
public record AdamWOptions(double beta1, double beta2, double epsilon, double weightDecay) {
    /** Checks the ranges. */
    public AdamWOptions {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
            throw new IllegalArgumentException("betas in [0, 1), epsilon > 0 and weight decay >= 0, not " + beta1 + ", "
                    + beta2 + ", " + epsilon + ", " + weightDecay);
        }
    }

    /** The constants that the settings name. */
    public static AdamWOptions of(OptimizerSettings settings) {
        return new AdamWOptions(
                settings.adamBeta1(), settings.adamBeta2(), settings.adamEpsilon(), settings.weightDecay());
    }
}
