package dev.nla.eval.claims;

import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.search.SearchedDescription;
import dev.nla.claims.signal.ClaimMeasurement;
import dev.nla.claims.signal.SignalledClaim;
import dev.nla.claims.truth.LabelledRow;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.TextReader;
import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures the claims about described rows, and searches for better ones.
 *
 * @param data the dataset; the mean of its train split is the centre
 * @param grammar reads claims
 * @param truth judges them
 * @param critic turns texts into vectors
 * @param progress hears how far measuring and searching are
 */
public record ClaimsEvaluation(
        ActivationDataset data, ClaimGrammar grammar, SlotTruth truth, TextReader critic, EvaluationProgress progress) {
    private static final int ROWS_AT_ONCE = 64;

    /** The claims about described rows. */
    public List<RowClaims> measure(DescribedRows described) {
        ClaimMeasurement measurement = new ClaimMeasurement(RowHearing.of(data, critic));
        List<ClaimedActivation> activations = described.activations();
        List<RowClaims> measured = new ArrayList<>();
        while (measured.size() < activations.size()) {
            int end = Math.min(measured.size() + ROWS_AT_ONCE, activations.size());
            for (List<SignalledClaim> claims : measurement.measure(activations.subList(measured.size(), end))) {
                measured.add(labelled(described.rows().get(measured.size()), claims));
            }
            progress.at("measure " + described.part(), end, activations.size());
        }
        return measured;
    }

    /**
     * Described rows with their descriptions searched.
     *
     * @param measured the claims about the rows, in their order
     * @param cost of a claim, in cosine
     */
    public List<SearchedRow> search(DescribedRows described, List<RowClaims> measured, double cost) {
        List<SearchedDescription> found =
                RowSearch.of(data, grammar, critic, cost, progress).of(described);
        return IntStream.range(0, found.size())
                .mapToObj(i -> searched(described.rows().get(i), measured.get(i), found.get(i)))
                .toList();
    }

    /**
     * What the signals of claims mean, found on rows whose claims are known to be true or false.
     *
     * @param origin what it will hold for
     * @param rows their claims
     * @param seed decides which documents form a fold
     * @throws InputException where no claim is true or all are: nothing tells them apart
     */
    public ClaimCalibration calibration(CalibrationOrigin origin, List<RowClaims> rows, long seed) {
        List<MeasuredClaim> claims =
                rows.stream().flatMap(row -> row.claims().stream()).toList();
        long right = claims.stream().filter(MeasuredClaim::right).count();
        if (right == 0 || right == claims.size()) {
            throw InputException.data(
                    "%s: %d of %d claims about its validation rows are true: a calibration needs true and false ones; it needs facts "
                            + "or descriptions to tell them apart",
                    data.folder(), right, claims.size());
        }
        ScoreFit.Fitted fitted = ScoreFit.of(claims, seed);
        return new ClaimCalibration(
                origin, grammar, truth, rows.size(), claims.size(), fitted.score(), fitted.map(), Optional.empty());
    }

    private RowClaims labelled(Row row, List<SignalledClaim> claims) {
        LabelledRow labels = LabelledRow.of(row, grammar);
        return new RowClaims(
                labels,
                claims.stream()
                        .map(claim -> new MeasuredClaim(
                                row.docId(),
                                claim.claim(),
                                claim.greedy(),
                                claim.signals(),
                                truth.holds(claim.claim(), labels)))
                        .toList());
    }

    private SearchedRow searched(Row row, RowClaims measured, SearchedDescription found) {
        return new SearchedRow(
                row.docId(),
                measured,
                measured.claims().stream()
                        .filter(claim -> found.description().find(claim.claim()).isPresent())
                        .toList(),
                found.description().text(),
                found.greedyNearness(),
                found.nearness(),
                found.heard());
    }
}
