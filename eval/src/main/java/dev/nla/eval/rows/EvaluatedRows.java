package dev.nla.eval.rows;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeSets;
import dev.nla.model.gap.ScoredRows;
import dev.nla.model.stats.Documents;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that are evaluated.
 *
 * @param data where they are
 * @param numbers their numbers in the dataset, [N]
 * @param rows what the dataset knows of them, N
 * @param activations [N][d]
 * @param mean mean activation of the train split, [d]
 * @param negatives of both forms, among these rows
 */
public record EvaluatedRows(
        ActivationDataset data,
        int[] numbers,
        List<Row> rows,
        float[][] activations,
        float[] mean,
        Map<Form, NegativeSets> negatives) {
    /**
     * Some rows of a dataset.
     *
     * @param nearest finds neighbours
     * @param numbers dataset rows, more than 20
     * @param seed of the drawn negatives
     */
    public static EvaluatedRows of(ActivationDataset data, int[] numbers, NearestRows nearest, long seed) {
        float[][] activations = data.activations(numbers);
        float[] mean = data.mean(Split.TRAIN);
        GapInputs inputs = perfect(activations, mean);
        Map<Form, NegativeSets> negatives = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            negatives.put(form, NegativeSets.draw(nearest.of(inputs, form), seed));
        }
        List<Row> rows = Arrays.stream(numbers).mapToObj(data::row).toList();
        return new EvaluatedRows(data, numbers, rows, activations, mean, negatives);
    }

    private static GapInputs perfect(float[][] activations, float[] mean) {
        float[][][] own = new float[activations.length][][];
        Arrays.setAll(own, i -> new float[][] {activations[i]});
        return new GapInputs(activations, own, mean);
    }

    /** How many. */
    public int size() {
        return numbers.length;
    }

    /** The rows with their reconstructions [N][G][d]. */
    public ScoredRows scored(float[][][] reconstructions) {
        return new ScoredRows(new GapInputs(activations, reconstructions, mean), negatives);
    }

    /** The rows with themselves as reconstructions. */
    public ScoredRows perfect() {
        return new ScoredRows(perfect(activations, mean), negatives);
    }

    /** The rows' own descriptions; empty where there is none. */
    public List<String> descriptions() {
        return rows.stream().map(row -> row.description().strip()).toList();
    }

    /** The documents that the rows are from. */
    public Documents documents() {
        return Documents.of(rows.stream().map(Row::docId).toList());
    }
}
