package dev.nla.claims.confidence;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimedDescription;
import dev.nla.claims.search.ClaimSearch;
import dev.nla.claims.search.SearchedDescription;
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
import java.util.Optional;

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
        List<DescribedActivation> described = List.of(new DescribedActivation(
                activation, scored(shown), drawn.stream().map(this::scored).toList()));
        List<SignalledClaim> measured = new ClaimMeasurement(
                        calibration.grammar(), reconstructor::reconstruct, nearness())
                .measure(described)
                .get(0);
        Optional<SearchedDescription> found = searched ? Optional.of(search(described)) : Optional.empty();
        return new ConfidentReading(
                shown,
                found,
                found.map(best -> measuredIn(best.description(), measured)).orElseGet(() -> measured.stream()
                        .filter(SignalledClaim::greedy)
                        .map(claim -> confidence(claim.claim(), claim))
                        .toList()));
    }

    private SearchedDescription search(List<DescribedActivation> described) {
        double cost = calibration.search().map(SearchTrial::cost).orElse(ClaimSearch.COST);
        return new ClaimSearch(calibration.grammar(), reconstructor::reconstruct, nearness(), cost)
                .of(described)
                .get(0);
    }

    private List<ClaimConfidence> measuredIn(ClaimedDescription description, List<SignalledClaim> measured) {
        return description.claims().stream()
                .map(claim -> confidence(
                        claim,
                        measured.stream()
                                .filter(each -> each.claim().saysTheSameAs(claim))
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }

    private ClaimConfidence confidence(Claim at, SignalledClaim measured) {
        return new ClaimConfidence(at, calibration.probability(at.slot(), measured.signals()), measured.signals());
    }

    private Cosine nearness() {
        return Cosine.centered(mean);
    }

    private ScoredText scored(Description description) {
        return ScoredText.of(description, verbalizer.format());
    }
}
