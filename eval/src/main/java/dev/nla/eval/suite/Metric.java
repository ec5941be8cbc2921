package dev.nla.eval.suite;

import java.util.Arrays;
import java.util.Optional;

/** What is measured of a row's descriptions under a critic. Larger is better. Each figure is a mean over rows. */
public enum Metric {
    GAP_CENTERED_3(
            "gap_centered_3_of_20",
            "cosine with the own activation minus the largest with one of 3 of the 20 nearest rows"),
    GAP_CENTERED_20("gap_centered_all_20", "the same against all 20"),
    GAP_LEGACY_3("gap_legacy_3_of_20", "the same as the first, by raw cosines"),
    GAP_LEGACY_20("gap_legacy_all_20", "the same against all 20, by raw cosines"),
    ACCURACY_CENTERED_3("accuracy_centered_3_of_20", "how often the own activation is the nearest of 4", 1.0 / 4),
    ACCURACY_CENTERED_20("accuracy_centered_all_20", "how often the own activation is the nearest of 21", 1.0 / 21),
    ACCURACY_LEGACY_3("accuracy_legacy_3_of_20", "the same of 4, by raw cosines", 1.0 / 4),
    ACCURACY_LEGACY_20("accuracy_legacy_all_20", "the same of 21, by raw cosines", 1.0 / 21),
    COSINE_CENTERED("cosine_centered", "cosine with the own activation, the mean activation subtracted from both"),
    COSINE_RAW("cosine_raw", "cosine with the own activation"),
    FVE_NRM("fve_nrm", "1 - squared error of unit vectors / their variance about the mean"),
    FVE_MEANNORM("fve_meannorm", "1 - squared error of unit vectors / that of the normalised mean"),
    TOP_1("retrieval_top_1", "how often no other row's activation is as near, by centred cosine"),
    TOP_5("retrieval_top_5", "how often at most 4 are"),
    RECIPROCAL_RANK("retrieval_mrr", "mean of 1 / rank among all rows"),
    FORCED_CHOICE_10("forced_choice_10", "how often the own activation beats 9 random other rows", 1.0 / 10);

    private final String key;
    private final String meaning;
    private final Optional<Double> chance;

    Metric(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
        this.chance = Optional.empty();
    }

    Metric(String key, String meaning, double chance) {
        this.key = key;
        this.meaning = meaning;
        this.chance = Optional.of(chance);
    }

    /** The name in files. */
    public String key() {
        return key;
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
