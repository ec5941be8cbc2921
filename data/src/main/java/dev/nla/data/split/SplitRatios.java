package dev.nla.data.split;

import dev.nla.data.dataset.Split;
import dev.nla.model.InputException;
import java.util.Arrays;

/**
 * The shares of the three splits; they add up to one.
 *
 * @param train share of rows to learn from, above 0
 * @param validation share of rows to choose settings by
 * @param test share of rows for final numbers
 */
public record SplitRatios(double train, double validation, double test) {
    /** 80 % train, 10 % validation, 10 % test. */
    public static final SplitRatios DEFAULT = new SplitRatios(0.8, 0.1, 0.1);

    /** Checks the range of each share and their sum. */
    public SplitRatios {
        boolean inRange = train > 0 && validation >= 0 && test >= 0;
        if (!inRange || Math.abs(train + validation + test - 1) > 1e-9) {
            throw InputException.usage(
                    "split ratios %s/%s/%s: train above 0, validation and test of at least 0, adding up to 1, were expected",
                    train, validation, test);
        }
    }

    /**
     * Reads {@code TRAIN/VALIDATION/TEST} as shares or as percentages or counts: {@code 80/10/10} and {@code 0.8/0.1/0.1} mean the
     * same.
     */
    public static SplitRatios parse(String text) {
        double[] parts;
        try {
            parts = Arrays.stream(text.split("/", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            parts = new double[0];
        }
        double sum = Arrays.stream(parts).sum();
        if (parts.length != 3 || !(sum > 0) || Double.isInfinite(sum)) {
            throw InputException.usage("split ratios \"%s\": TRAIN/VALIDATION/TEST as in 80/10/10 was expected", text);
        }
        return new SplitRatios(parts[0] / sum, parts[1] / sum, parts[2] / sum);
    }

    /** The shares as {@link #parse} reads them. */
    public String label() {
        return train + "/" + validation + "/" + test;
    }

    /** The share of one split. */
    public double of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** The split that the point {@code at} of the unit interval falls in: train first, then validation, then test. */
    Split at(double at) {
        if (at < train) {
            return Split.TRAIN;
        }
        return at < train + validation || test == 0 ? (validation == 0 ? Split.TRAIN : Split.VALIDATION) : Split.TEST;
    }
}
