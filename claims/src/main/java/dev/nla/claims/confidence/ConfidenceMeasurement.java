package dev.nla.claims.confidence;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.described.DescribedActivation;
import dev.nla.claims.described.Hearing;
import dev.nla.claims.described.ScoredText;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimedDescription;
import dev.nla.claims.search.ClaimSearch;
import dev.nla.claims.search.SearchedDescription;
import dev.nla.claims.signal.ClaimMeasurement;
import dev.nla.claims.signal.SignalledClaim;
import dev.nla.model.gap.Cosine;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ExplanationFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says of each claim of a description how likely it is true.
 *
 * @param calibration what signals mean
 * @param format how the verbalizer's descriptions were read
 * @param critic turns texts, each different from the others, into vectors [n][d]
 * @param mean of the activations, [d]: the centre of cosines
 */
public record ConfidenceMeasurement(
        ClaimCalibration calibration,
        ExplanationFormat format,
        Function<List<String>, float[][]> critic,
        float[] mean) {
    /**
     * Measures the claims about an activation.
     *
     * @param activation [d]
     * @param shown the greedy description
     * @param drawn sampled ones, as many as the calibration had
     * @param searched whether claims of the samples are tried in the description, and their probabilities given
     */
    public ConfidentReading read(float[] activation, Description shown, List<Description> drawn, boolean searched) {
        List<ClaimedActivation> claimed = List.of(ClaimedActivation.of(
                new DescribedActivation(
                        activation,
                        scored(shown),
                        drawn.stream().map(this::scored).toList()),
                calibration.grammar()));
        Hearing hearing = new Hearing(critic, Cosine.centered(mean));
        List<SignalledClaim> measured =
                new ClaimMeasurement(hearing).measure(claimed).get(0);
        Optional<SearchedDescription> found = searched ? Optional.of(search(claimed, hearing)) : Optional.empty();
        return new ConfidentReading(
                shown,
                found,
                found.map(best -> measuredIn(best.description(), measured)).orElseGet(() -> measured.stream()
                        .filter(SignalledClaim::greedy)
                        .map(claim -> confidence(claim.claim(), claim))
                        .toList()));
    }

    private SearchedDescription search(List<ClaimedActivation> claimed, Hearing hearing) {
        double cost = calibration.search().map(SearchTrial::cost).orElse(ClaimSearch.COST);
        return new ClaimSearch(calibration.grammar(), hearing, cost).of(claimed).get(0);
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

    private ScoredText scored(Description description) {
        return ScoredText.of(description, format);
    }
}
