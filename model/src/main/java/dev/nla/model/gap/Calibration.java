package dev.nla.model.gap;

/**
 * What a gap is measured on, for neither does the constant guess have gap 0 nor the perfect reconstruction gap 1.
 *
 * @param floor the gap of descriptions of other rows; NaN where there are none
 * @param ceiling the gap of the perfect reconstruction
 */
public record Calibration(double floor, double ceiling) {
    /** The place of a gap, (gap - floor) / (ceiling - floor): 0 at the floor, 1 at the ceiling; NaN where the ceiling is not above the floor. */
    public double place(double gap) {
        return ceiling > floor ? (gap - floor) / (ceiling - floor) : Double.NaN;
    }
}
