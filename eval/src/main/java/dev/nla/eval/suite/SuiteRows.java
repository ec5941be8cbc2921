package dev.nla.eval.suite;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.eval.gap.NearestRows;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeSets;
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
public record SuiteRows(
        ActivationDataset data,
        int[] numbers,
        List<Row> rows,
        float[][] activations,
        float[] mean,
        Map<Form, NegativeSets> negatives) {
    /**
     * The first rows of a split.
     *
     * @param nearest finds neighbours
     * @param numbers dataset rows, more than 20
     * @param seed of the drawn negatives
     */
    public static SuiteRows of(ActivationDataset data, int[] numbers, NearestRows nearest, long seed) {
        float[][] activations = data.activations(numbers);
        float[] mean = data.mean(Split.TRAIN);
        GapInputs inputs = perfect(activations, mean);
        Map<Form, NegativeSets> negatives = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            negatives.put(form, NegativeSets.draw(nearest.of(inputs, form), seed));
        }
        List<Row> rows = Arrays.stream(numbers).mapToObj(data::row).toList();
        return new SuiteRows(data, numbers, rows, activations, mean, negatives);
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

    /** The rows with themselves as reconstructions. */
    GapInputs perfect() {
        return perfect(activations, mean);
    }

    /** The rows with their reconstructions [N][G][d]. */
    GapInputs with(float[][][] reconstructions) {
        return new GapInputs(activations, reconstructions, mean);
    }

    /** The rows' own descriptions; blank where there is none. */
    List<String> descriptions() {
        return rows.stream().map(row -> row.description().strip()).toList();
    }

    /** The documents that the rows are from, N. */
    List<String> documents() {
        return rows.stream().map(Row::docId).toList();
    }
}
