package dev.nla.eval.suite;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import java.util.Arrays;
import java.util.Optional;

/** What is measured of a row's descriptions under a critic. Larger is better. Each figure is a mean over rows. */
public enum Metric {
    GAP_CENTERED_3(
            "gap_centered_3_of_20",
            "gap, centred, 3 of 20",
            "cosine with the own activation minus the largest with one of 3 of the 20 nearest rows"),
    GAP_CENTERED_20("gap_centered_all_20", "gap, centred, all 20", "the same against all 20"),
    GAP_LEGACY_3("gap_legacy_3_of_20", "gap, legacy, 3 of 20", "the same as the first, by raw cosines"),
    GAP_LEGACY_20("gap_legacy_all_20", "gap, legacy, all 20", "the same against all 20, by raw cosines"),
    ACCURACY_CENTERED_3(
            "accuracy_centered_3_of_20",
            "accuracy, 3 of 20",
            "how often the own activation is the nearest of 4",
            1.0 / 4),
    ACCURACY_CENTERED_20(
            "accuracy_centered_all_20",
            "accuracy, all 20",
            "how often the own activation is the nearest of 21",
            1.0 / 21),
    ACCURACY_LEGACY_3("accuracy_legacy_3_of_20", "accuracy, legacy, 3 of 20", "the same of 4, by raw cosines", 1.0 / 4),
    ACCURACY_LEGACY_20(
            "accuracy_legacy_all_20", "accuracy, legacy, all 20", "the same of 21, by raw cosines", 1.0 / 21),
    COSINE_CENTERED(
            "cosine_centered",
            "cosine, centred",
            "cosine with the own activation, the mean activation subtracted from both"),
    COSINE_RAW("cosine_raw", "cosine, raw", "cosine with the own activation"),
    FVE_NRM("fve_nrm", "fve_nrm", "1 - squared error of unit vectors / their variance about the mean"),
    FVE_MEANNORM("fve_meannorm", "fve_meannorm", "1 - squared error of unit vectors / that of the normalised mean"),
    TOP_1(
            "retrieval_top_1",
            "first among all rows",
            "how often no other row's activation is as near, by centred cosine"),
    TOP_5("retrieval_top_5", "among the first 5", "how often at most 4 are"),
    RECIPROCAL_RANK("retrieval_mrr", "1 / rank among all rows", "mean of 1 / rank among all rows"),
    FORCED_CHOICE_10(
            "forced_choice_10",
            "chosen of 10 random rows",
            "how often the own activation beats 9 random other rows",
            1.0 / 10);

    private final String key;
    private final String label;
    private final String meaning;
    private final Optional<Double> chance;

    Metric(String key, String label, String meaning) {
        this.key = key;
        this.label = label;
        this.meaning = meaning;
        this.chance = Optional.empty();
    }

    Metric(String key, String label, String meaning, double chance) {
        this.key = key;
        this.label = label;
        this.meaning = meaning;
        this.chance = Optional.of(chance);
    }

    /** The name in files. */
    public String key() {
        return key;
    }

    /** The name in tables for reading. */
    public String label() {
        return label;
    }

    /** What it says, for the documents. */
    public String meaning() {
        return meaning;
    }

    /**
     * What blind choice gets.
     *
     * @param rows how many rows are ranked among each other
     * @return empty where nothing is chosen
     */
    public Optional<Double> chance(int rows) {
        return switch (this) {
            case TOP_1 -> Optional.of(1.0 / rows);
            case TOP_5 -> Optional.of(Math.min(1, 5.0 / rows));
            case RECIPROCAL_RANK -> Optional.of(harmonic(rows) / rows);
            default -> chance;
        };
    }

    /** The gap in this form against these negatives. */
    static Metric gap(Form form, NegativeRule rule) {
        boolean centered = form == Form.CENTERED;
        return switch (rule) {
            case THREE_OF_TWENTY -> centered ? GAP_CENTERED_3 : GAP_LEGACY_3;
            case ALL_TWENTY -> centered ? GAP_CENTERED_20 : GAP_LEGACY_20;
        };
    }

    /** The accuracy in this form against these negatives. */
    static Metric accuracy(Form form, NegativeRule rule) {
        boolean centered = form == Form.CENTERED;
        return switch (rule) {
            case THREE_OF_TWENTY -> centered ? ACCURACY_CENTERED_3 : ACCURACY_LEGACY_3;
            case ALL_TWENTY -> centered ? ACCURACY_CENTERED_20 : ACCURACY_LEGACY_20;
        };
    }

    /** The metric with this key. */
    public static Optional<Metric> of(String key) {
        return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
    }

    private static double harmonic(int n) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += 1.0 / i;
        }
        return sum;
    }
}
