package dev.nla.bulk;

import dev.nla.claims.calibration.ClaimCalibration;

/**
 * How it is to be said of claims how likely they are true.
 *
 * @param calibration of the verbalizer and the reconstructor at hand
 * @param model fingerprint of the base model's weights
 * @param search whether descriptions are to be searched where that makes them truer
 * @param withhold claims less likely than this are withheld
 */
public record Confidence(ClaimCalibration calibration, String model, boolean search, double withhold) {
    /** Whether descriptions are searched. */
    boolean searches() {
        return search && calibration.searches();
    }
}
