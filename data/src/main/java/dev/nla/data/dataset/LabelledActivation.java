package dev.nla.data.dataset;

import java.util.Objects;

/**
 * A row of a dataset to be written.
 *
 * @param row what is known of it
 * @param activation its vector, [d]
 */
public record LabelledActivation(Row row, float[] activation) {
    /** Checks that both are there. */
    public LabelledActivation {
        Objects.requireNonNull(row, "row");
        Objects.requireNonNull(activation, "activation");
    }
}
