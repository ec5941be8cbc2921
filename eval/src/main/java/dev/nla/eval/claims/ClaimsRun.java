package dev.nla.eval.claims;

import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.search.ClaimSearch;
import dev.nla.eval.describe.KeptDescriptions;
import java.util.List;
import java.util.Optional;

/**
 * An evaluation of claims: calibrates on some rows, and judges on others.
 *
 * @param describer has rows described
 * @param evaluation measures claims
 * @param searches whether descriptions are searched, too
 * @param seed of the samples, folds and resampled documents
 * @param kept has the descriptions of an earlier run, and is given the others
 */
public record ClaimsRun(
        RowDescriber describer, ClaimsEvaluation evaluation, boolean searches, long seed, KeptDescriptions kept) {
    /**
     * What came of judging.
     *
     * @param claims how far probabilities hold
     * @param search what searching did, where it was asked for
     */
    public record Outcome(ClaimsReport claims, Optional<SearchReport> search) {}

    /**
     * Calibrates.
     *
     * @param origin what the calibration will hold for
     * @param part what the rows are called
     * @param rows their numbers in the dataset
     */
    public ClaimCalibration calibrate(CalibrationOrigin origin, String part, int[] rows) {
        DescribedRows described = describer.describe(part, rows, seed, kept);
        List<RowClaims> measured = evaluation.measure(described);
        ClaimCalibration calibration = evaluation.calibration(origin, measured, seed);
        return search(described, measured, calibration)
                .map(report -> calibration.with(report.trial(ClaimSearch.COST)))
                .orElse(calibration);
    }

    /**
     * Judges a calibration.
     *
     * @param part what the rows are called
     * @param rows their numbers in the dataset, none of them one that it was fitted to
     */
    public Outcome judge(ClaimCalibration calibration, String part, int[] rows) {
        DescribedRows described = describer.describe(part, rows, seed + 1, kept);
        List<RowClaims> measured = evaluation.measure(described);
        return new Outcome(ClaimsReport.of(measured, calibration), search(described, measured, calibration));
    }

    private Optional<SearchReport> search(
            DescribedRows described, List<RowClaims> measured, ClaimCalibration calibration) {
        return searches
                ? Optional.of(
                        SearchReport.of(evaluation.search(described, measured, ClaimSearch.COST), calibration, seed))
                : Optional.empty();
    }
}
