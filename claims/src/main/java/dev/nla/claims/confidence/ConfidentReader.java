package dev.nla.claims.confidence;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.model.generation.Sampling;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import java.util.List;

/**
 * A verbalizer with its calibration: describes an activation greedily, samples other descriptions, and says of each claim how likely it is true.
 *
 * @param verbalizer whose claims the calibration is of
 * @param reconstructor that it was calibrated with
 * @param calibration what signals mean
 * @param mean of the activations, [d]: the centre of cosines
 * @param maxNewTokens most tokens of a description
 */
public record ConfidentReader(
        Verbalizer verbalizer,
        Reconstructor reconstructor,
        ClaimCalibration calibration,
        float[] mean,
        int maxNewTokens) {
    /**
     * Reads an activation.
     *
     * @param activation [d]
     * @param seed of the samples
     * @param searched whether claims of the samples are tried in the description, and their probabilities given
     */
    public ConfidentReading read(float[] activation, long seed, boolean searched) {
        float[][] one = {activation};
        long[] seeds = {seed};
        Description shown = verbalizer
                .describe(one, Sampling.greedy(maxNewTokens), 1, seeds)
                .get(0)
                .get(0);
        int samples = calibration.origin().samples();
        List<Description> drawn = samples == 0
                ? List.of()
                : verbalizer
                        .describe(one, new Sampling(1, 0, 1, maxNewTokens), samples, seeds)
                        .get(0);
        return new ConfidenceMeasurement(calibration, verbalizer.format(), reconstructor::reconstruct, mean)
                .read(activation, shown, drawn, searched);
    }
}
