package dev.nla.serve.api.response;

import dev.nla.model.gap.Calibration;

/**
 * How near a reconstruction lies to its own activation, beside the loaded ones. Activations equal to the own one are left out.
 *
 * @param cosine as the vectors are
 * @param centeredCosine after the train split's mean is subtracted
 * @param rank 1 plus the loaded activations at least as near, centred
 * @param candidates the own one and the loaded others
 * @param centered the gap of this one description, centred
 * @param legacy the same of the vectors as they are
 */
public record RoundTrip(
        double cosine, double centeredCosine, int rank, int candidates, RowGap centered, RowGap legacy) {
    /**
     * The gap of one description against all twenty neighbours.
     *
     * @param correctCos cosine with the own activation
     * @param hardNegativeCos the largest cosine with a neighbour
     * @param floor the mean gap of descriptions of other rows; NaN where the loaded rows have none
     * @param ceiling the gap of the perfect reconstruction
     */
    public record RowGap(double correctCos, double hardNegativeCos, double floor, double ceiling) {
        /** The first minus the second. */
        public double gap() {
            return correctCos - hardNegativeCos;
        }

        /** The floor 0, the ceiling 1; NaN where there is no floor, or no ceiling above it. */
        public double calibrated() {
            return new Calibration(floor, ceiling).place(gap());
        }
    }
}
