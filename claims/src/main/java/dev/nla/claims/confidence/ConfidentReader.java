package dev.nla.claims.confidence;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.signal.ClaimMeasurement;
import dev.nla.claims.signal.DescribedActivation;
import dev.nla.claims.signal.ScoredText;
import dev.nla.claims.signal.SignalledClaim;
import dev.nla.model.gap.Cosine;
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
     */
    public ConfidentReading read(float[] activation, long seed) {
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
        ClaimMeasurement measurement =
                new ClaimMeasurement(calibration.grammar(), reconstructor::reconstruct, Cosine.centered(mean));
        List<SignalledClaim> claims = measurement
                .measure(List.of(new DescribedActivation(
                        activation,
                        scored(shown),
                        drawn.stream().map(this::scored).toList())))
                .get(0);
        return new ConfidentReading(
                shown,
                claims.stream()
                        .filter(SignalledClaim::greedy)
                        .map(claim -> new ClaimConfidence(
                                claim.claim(),
                                calibration.probability(claim.claim().slot(), claim.signals()),
                                claim.signals()))
                        .toList());
    }

    private ScoredText scored(Description description) {
        return ScoredText.of(description, verbalizer.format());
    }
}
