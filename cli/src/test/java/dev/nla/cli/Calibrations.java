package dev.nla.cli;

import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.ClaimScore;
import dev.nla.claims.calibration.ProbabilityMap;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.stats.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calibrations of claims that were fitted to nothing. */
final class Calibrations {
    private Calibrations() {}

    /** Of a verbalizer whose weights have this digest, with what searching gained. */
    static ClaimCalibration of(String verbalizer, double searchGain) {
        return new ClaimCalibration(
                new CalibrationOrigin(verbalizer, "r", "m", 1, ActivationOrigin.UNKNOWN, 8),
                new ClaimGrammar(List.of(), Set.of()),
                new SlotTruth(Map.of()),
                60,
                200,
                new ClaimScore(List.of(Signal.LOO), new double[] {0}, new double[] {1}, new double[] {1}, Map.of(), 0),
                new ProbabilityMap.Platt(1, 0),
                Optional.of(new SearchTrial(0.03, searchGain, new Interval(searchGain - 0.01, searchGain + 0.01))));
    }
}
