package dev.nla.eval.suite;

import dev.nla.eval.stats.ForcedChoice;
import dev.nla.model.gap.Cosine;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.Retrieval;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Every metric of every row, each a mean over the row's descriptions; those of variance explained only where there is any variance.
 *
 * @param values [N] a metric
 * @param ranks median over the row's descriptions of the rank of its own activation among all rows, 1 at best, [N]
 */
public record RowScores(Map<Metric, double[]> values, double[] ranks) {
    private static final int CHOICES = 10;

    /** Scores reconstructions [N][G][d]. */
    static RowScores of(SuiteRows rows, float[][][] reconstructions) {
        GapInputs inputs = rows.with(reconstructions);
        Map<Metric, double[]> values = new EnumMap<>(Metric.class);
        for (Form form : Form.values()) {
            for (NegativeRule rule : NegativeRule.values()) {
                GapScores scores =
                        GapScores.of(inputs, form, rows.negatives().get(form).of(rule));
                values.put(Metric.gap(form, rule), scores.gaps());
                values.put(Metric.accuracy(form, rule), scores.wins());
            }
        }
        values.put(Metric.COSINE_CENTERED, cosines(inputs, Form.CENTERED));
        double[] raw = cosines(inputs, Form.LEGACY);
        values.put(Metric.COSINE_RAW, raw);
        Fve.Baselines baselines = Fve.Baselines.of(inputs.activations());
        putExplained(values, Metric.FVE_NRM, raw, baselines.aboutMean());
        putExplained(values, Metric.FVE_MEANNORM, raw, baselines.aboutNormalisedMean());
        int[][] ranks = Retrieval.ranks(inputs, Form.CENTERED);
        values.put(Metric.TOP_1, mean(ranks, rank -> rank == 1 ? 1 : 0));
        values.put(Metric.TOP_5, mean(ranks, rank -> rank <= 5 ? 1 : 0));
        values.put(Metric.RECIPROCAL_RANK, mean(ranks, rank -> 1.0 / rank));
        values.put(Metric.FORCED_CHOICE_10, chosen(ranks, rows.size()));
        double[] medians = Arrays.stream(ranks).mapToDouble(RowScores::median).toArray();
        return new RowScores(values, medians);
    }

    /** The values of a metric, [N]. */
    public double[] of(Metric metric) {
        return values.get(metric);
    }

    /** Middle of the rows' ranks. */
    public double medianRank() {
        return median(ranks);
    }

    private static double[] cosines(GapInputs inputs, Form form) {
        Cosine cosine = inputs.cosine(form);
        double[] means = new double[inputs.texts()];
        Arrays.parallelSetAll(means, i -> Arrays.stream(inputs.reconstructions()[i])
                .mapToDouble(vector -> cosine.between(vector, inputs.activations()[i]))
                .average()
                .orElseThrow());
        return means;
    }

    /** For unit vectors the squared error is 2 (1 - cos). Without variance there is nothing to explain, and no such metric. */
    private static void putExplained(Map<Metric, double[]> values, Metric metric, double[] cosines, double baseline) {
        double[] explained = Arrays.stream(cosines)
                .map(cosine -> Fve.explained(2 * (1 - cosine), baseline))
                .toArray();
        if (Arrays.stream(explained).noneMatch(Double::isNaN)) {
            values.put(metric, explained);
        }
    }

    private static double[] chosen(int[][] ranks, int candidates) {
        ForcedChoice choice = new ForcedChoice(CHOICES);
        return Arrays.stream(ranks)
                .mapToDouble(own -> Arrays.stream(choice.accuracies(own, candidates))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static double[] mean(int[][] ranks, IntToDoubleFunction value) {
        return Arrays.stream(ranks)
                .mapToDouble(
                        own -> Arrays.stream(own).mapToDouble(value).average().orElseThrow())
                .toArray();
    }

    private static double median(int[] values) {
        return median(Arrays.stream(values).asDoubleStream().toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
