package dev.nla.eval.metric;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.RowContext;
import dev.nla.model.stats.ForcedChoice;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The metrics that come along. One that is added to {@link #ALL} is computed, written, compared and described in the reference from then on;
 * suites that were made before stay readable. Those from outside stand beside them in a {@link MetricRegistry}.
 */
public final class Metrics {
    /** The gap, centred, against three of twenty: what verdicts are about. */
    public static final Metric GAP_CENTERED_3 = gap(
            Form.CENTERED,
            NegativeRule.THREE_OF_TWENTY,
            "gap, centred, 3 of 20",
            "cosine with the own activation minus the largest with one of 3 of the 20 nearest rows");

    /** The gap, centred, against all twenty. */
    public static final Metric GAP_CENTERED_20 =
            gap(Form.CENTERED, NegativeRule.ALL_TWENTY, "gap, centred, all 20", "the same against all 20");

    /** The gap by raw cosines, against three of twenty. */
    public static final Metric GAP_LEGACY_3 = gap(
            Form.LEGACY, NegativeRule.THREE_OF_TWENTY, "gap, legacy, 3 of 20", "the same as the first, by raw cosines");

    /** How often the own activation wins, centred, against three of twenty. */
    public static final Metric ACCURACY_CENTERED_3 = accuracy(
            Form.CENTERED,
            NegativeRule.THREE_OF_TWENTY,
            "accuracy, 3 of 20",
            "how often the own activation is the nearest of 4");

    /** The cosine with the own activation, centred. */
    public static final Metric COSINE_CENTERED = new RowMetric(
            "cosine_centered",
            "cosine, centred",
            Unit.COSINE,
            "cosine with the own activation, the mean activation subtracted from both",
            row -> row.cosine(Form.CENTERED));

    /** The cosine with the own activation. */
    public static final Metric COSINE_RAW = new RowMetric(
            "cosine_raw", "cosine, raw", Unit.COSINE, "cosine with the own activation", row -> row.cosine(Form.LEGACY));

    /** The variance explained. */
    public static final Metric FVE_NRM = new RowMetric(
            "fve_nrm",
            "fve_nrm",
            Unit.EXPLAINED,
            "variance explained, 1 - squared error of unit vectors / their variance about the mean: 1 is perfect, 0 no better than the mean vector, below 0 worse",
            row -> row.explained(Fve.Baselines::aboutMean));

    /** How often no other row is as near. */
    public static final Metric TOP_1 = ofRanks(
                    "retrieval_top_1",
                    "first among all rows",
                    Unit.SHARE,
                    "how often no other row's activation is as near, by centred cosine",
                    rank -> rank == 1 ? 1 : 0)
            .besideChance(rows -> 1.0 / rows);

    /** How often at most four are. */
    public static final Metric TOP_5 = ofRanks(
                    "retrieval_top_5",
                    "among the first 5",
                    Unit.SHARE,
                    "how often at most 4 are",
                    rank -> rank <= 5 ? 1 : 0)
            .besideChance(rows -> Math.min(1, 5.0 / rows));

    /** One over the rank among all rows. */
    public static final Metric RECIPROCAL_RANK = ofRanks(
                    "retrieval_mrr",
                    "1 / rank among all rows",
                    Unit.INVERSE_RANK,
                    "mean of 1 / rank among all rows",
                    rank -> 1.0 / rank)
            .besideChance(rows -> harmonic(rows) / rows);

    /** How often the own activation is chosen of ten. */
    public static final Metric FORCED_CHOICE_10 = new RowMetric(
                    "forced_choice_10",
                    "chosen of 10 random rows",
                    Unit.SHARE,
                    "how often the own activation beats 9 random other rows",
                    Metrics::chosenOfTen)
            .besideChance(rows -> 1.0 / 10);

    /** All of them, in the order of files and reference. */
    public static final List<Metric> ALL = List.of(
            GAP_CENTERED_3,
            GAP_CENTERED_20,
            GAP_LEGACY_3,
            gap(Form.LEGACY, NegativeRule.ALL_TWENTY, "gap, legacy, all 20", "the same against all 20, by raw cosines"),
            ACCURACY_CENTERED_3,
            accuracy(
                    Form.CENTERED,
                    NegativeRule.ALL_TWENTY,
                    "accuracy, all 20",
                    "how often the own activation is the nearest of 21"),
            accuracy(
                    Form.LEGACY,
                    NegativeRule.THREE_OF_TWENTY,
                    "accuracy, legacy, 3 of 20",
                    "the same of 4, by raw cosines"),
            accuracy(
                    Form.LEGACY, NegativeRule.ALL_TWENTY, "accuracy, legacy, all 20", "the same of 21, by raw cosines"),
            COSINE_CENTERED,
            COSINE_RAW,
            FVE_NRM,
            new RowMetric(
                    "fve_meannorm",
                    "fve_meannorm",
                    Unit.EXPLAINED,
                    "the same, 1 - squared error of unit vectors / that of the mean scaled to length one",
                    row -> row.explained(Fve.Baselines::aboutNormalisedMean)),
            TOP_1,
            TOP_5,
            RECIPROCAL_RANK,
            FORCED_CHOICE_10);

    /** What tables for reading show of every condition. */
    static final List<Metric> IN_TABLES = List.of(
            GAP_CENTERED_3,
            GAP_CENTERED_20,
            GAP_LEGACY_3,
            ACCURACY_CENTERED_3,
            COSINE_CENTERED,
            COSINE_RAW,
            TOP_1,
            TOP_5,
            FORCED_CHOICE_10,
            FVE_NRM);

    /** What the page shows of every stage. */
    static final List<Metric> ON_PAGE = List.of(
            GAP_CENTERED_3,
            GAP_CENTERED_20,
            GAP_LEGACY_3,
            ACCURACY_CENTERED_3,
            COSINE_CENTERED,
            COSINE_RAW,
            TOP_1,
            RECIPROCAL_RANK,
            FORCED_CHOICE_10,
            FVE_NRM);

    /** What stages and controls are told apart by. */
    static final List<Metric> COMPARED = List.of(
            GAP_CENTERED_3, GAP_CENTERED_20, GAP_LEGACY_3, ACCURACY_CENTERED_3, COSINE_CENTERED, RECIPROCAL_RANK);

    private Metrics() {}

    /** The gap in a form under a rule. */
    public static Metric gap(Form form, NegativeRule rule) {
        return MetricRegistry.builtIn().of(gapKey(form, rule)).orElseThrow();
    }

    private static Metric gap(Form form, NegativeRule rule, String label, String meaning) {
        return new RowMetric(gapKey(form, rule), label, Unit.COSINE_DIFFERENCE, meaning, row -> row.gap(form, rule));
    }

    private static String gapKey(Form form, NegativeRule rule) {
        return "gap_" + form.key() + "_" + rule.key();
    }

    private static Metric accuracy(Form form, NegativeRule rule, String label, String meaning) {
        String key = "accuracy_" + form.key() + "_" + rule.key();
        return new RowMetric(key, label, Unit.SHARE, meaning, row -> row.accuracy(form, rule))
                .besideChance(rows -> 1.0 / (1 + rule.count()));
    }

    /** A mean over the ranks of a row's descriptions among all rows. */
    private static RowMetric ofRanks(String key, String label, Unit unit, String meaning, IntToDoubleFunction value) {
        return new RowMetric(key, label, unit, meaning, row -> IntStream.of(row.ranks())
                .mapToDouble(value)
                .average()
                .orElseThrow());
    }

    private static double chosenOfTen(RowContext row) {
        return Arrays.stream(new ForcedChoice(10).accuracies(row.ranks(), row.rows()))
                .average()
                .orElseThrow();
    }

    private static double harmonic(int n) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += 1.0 / i;
        }
        return sum;
    }
}
