package dev.nla.eval.probe;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.reply.ModelReplies;
import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMetrics;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many facts of a dataset's texts can be read at all.
 *
 * @param bootstrap resamples and seed of intervals
 */
public record ProbeEvaluation(ActivationDataset data, DocumentBootstrap bootstrap) {
    private static final double ROUNDING = 1e-6;

    /**
     * What a linear probe reads.
     *
     * @param trainRows rows it was fitted on
     * @param texts rows it was measured on
     * @param stated facts of the texts, and how many of them the probe reads right; it reads a value for each attribute a text states
     * @param attributes the same by attribute
     */
    public record ProbeReport(int trainRows, int texts, TruthCounts stated, Map<String, TruthCounts> attributes) {}

    /**
     * Fits a probe to the train split and measures it on another one.
     *
     * @throws InputException when the dataset has no facts, or only one activation to read them off
     */
    public ProbeReport linear(Split split) {
        int[] train = withFacts(Split.TRAIN);
        int[] rows = withFacts(split);
        float[][] activations = activations(train);
        if (Arrays.stream(activations).allMatch(row -> same(row, activations[0]))) {
            throw InputException.data(
                    "%s: all %d rows with facts in its train split have the same activation, so that nothing can be read off it: extract them from different texts or at another position",
                    data.folder(), train.length);
        }
        LinearProbe probe = LinearProbe.fit(activations, facts(train));
        Map<String, TruthCounts> attributes = new LinkedHashMap<>();
        for (int row : rows) {
            Map<String, String> read = probe.read(data.activation(row));
            for (Fact fact : Fact.of(data.row(row).facts())) {
                boolean right = fact.value().equals(read.get(fact.attribute()));
                attributes.merge(
                        fact.attribute(), new TruthCounts(1, right ? 1 : 0, right ? 0 : 1, 0), TruthCounts::plus);
            }
        }
        TruthCounts all = attributes.values().stream().reduce(TruthCounts.NONE, TruthCounts::plus);
        return new ProbeReport(train.length, rows.length, all, attributes);
    }

    /** How true the model's own answers to the texts of a split are; empty where the dataset has no facts. */
    public Optional<TruthReport> answers(Split split, ModelReplies model) {
        List<Row> rows = Arrays.stream(withFacts(split)).mapToObj(data::row).toList();
        List<List<String>> answers = model.to(rows.stream().map(Row::text).toList()).stream()
                .map(List::of)
                .toList();
        return TruthMetrics.of(data.rows(), bootstrap).measure(rows, answers);
    }

    /** Equal but for what rounding leaves. */
    private static boolean same(float[] row, float[] other) {
        double apart = 0;
        double norm = 0;
        for (int i = 0; i < row.length; i++) {
            double difference = (double) row[i] - other[i];
            apart += difference * difference;
            norm += (double) other[i] * other[i];
        }
        return apart <= ROUNDING * ROUNDING * norm;
    }

    private int[] withFacts(Split split) {
        int[] rows = Arrays.stream(data.rowsOf(split))
                .filter(row -> !Fact.of(data.row(row).facts()).isEmpty())
                .toArray();
        if (rows.length == 0) {
            throw InputException.data(
                    "%s has no rows with facts in its %s split: there is nothing to probe for",
                    data.folder(), split.label());
        }
        return rows;
    }

    private float[][] activations(int[] rows) {
        return Arrays.stream(rows).mapToObj(data::activation).toArray(float[][]::new);
    }

    private List<List<Fact>> facts(int[] rows) {
        return Arrays.stream(rows)
                .mapToObj(row -> Fact.of(data.row(row).facts()))
                .toList();
    }
}
