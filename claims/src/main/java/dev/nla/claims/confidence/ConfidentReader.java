package dev.nla.claims.confidence;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.model.generation.Sampling;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A verbalizer with its calibration: samples other descriptions than the greedy one, and says of each claim how likely it is true.
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
     * Reads activations.
     *
     * @param activations [n][d]
     * @param shown the greedy description of each
     * @param seed of the samples of each
     * @param searched whether claims of the samples are tried in the descriptions, and their probabilities given
     */
    public List<ConfidentReading> read(float[][] activations, List<Description> shown, long seed, boolean searched) {
        List<List<Description>> drawn = drawn(activations, seed);
        ConfidenceMeasurement measurement =
                new ConfidenceMeasurement(calibration, verbalizer.format(), reconstructor::reconstruct, mean);
        return IntStream.range(0, activations.length)
                .mapToObj(i -> measurement.read(activations[i], shown.get(i), drawn.get(i), searched))
                .toList();
    }

    private List<List<Description>> drawn(float[][] activations, long seed) {
        int samples = calibration.origin().samples();
        if (samples == 0) {
            return Collections.nCopies(activations.length, List.of());
        }
        long[] seeds = new long[activations.length];
        Arrays.fill(seeds, seed);
        return verbalizer.describe(activations, new Sampling(1, 0, 1, maxNewTokens), samples, seeds);
    }
}
