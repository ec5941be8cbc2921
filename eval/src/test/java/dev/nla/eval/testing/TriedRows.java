package dev.nla.eval.testing;

import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeSets;
import dev.nla.model.gap.ScoredRows;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Forty made-up rows with three descriptions each, the same at every call: reconstructed perfectly, nearly, or as another row. */
public final class TriedRows {
    private static final int ROWS = 40;
    private static final int SAMPLES = 3;
    private static final int DIMENSION = 8;
    private static final int NEIGHBOURS = 20;

    private TriedRows() {}

    /** Every description leads back to the activation itself. */
    public static ScoredRows perfect() {
        float[][] activations = activations();
        return rows(row -> repeated(activations[row]));
    }

    /** Descriptions lead near the activation, each of a row somewhere else. */
    public static ScoredRows near() {
        return rows(TriedRows::nearly);
    }

    /** The same, the descriptions of a row in the other order. */
    public static ScoredRows reversed() {
        return rows(row -> {
            float[][] vectors = nearly(row);
            return new float[][] {vectors[2], vectors[1], vectors[0]};
        });
    }

    /** Every description leads to the activation of another row. */
    public static ScoredRows strange() {
        float[][] activations = activations();
        return rows(row -> repeated(activations[(row + ROWS / 2) % ROWS]));
    }

    private static float[][] nearly(int row) {
        Random random = new Random(1000 + row);
        float[] own = activations()[row];
        return IntStream.range(0, SAMPLES)
                .mapToObj(sample -> plus(own, vector(random, 0.3)))
                .toArray(float[][]::new);
    }

    private static ScoredRows rows(IntFunction<float[][]> reconstructions) {
        float[][][] all = IntStream.range(0, ROWS).mapToObj(reconstructions).toArray(float[][][]::new);
        return new ScoredRows(new GapInputs(activations(), all, new float[DIMENSION]), negatives());
    }

    /** Every row's neighbours are the twenty that follow it. */
    private static Map<Form, NegativeSets> negatives() {
        int[][] following = IntStream.range(0, ROWS)
                .mapToObj(row -> IntStream.rangeClosed(1, NEIGHBOURS)
                        .map(step -> (row + step) % ROWS)
                        .toArray())
                .toArray(int[][]::new);
        Map<Form, NegativeSets> negatives = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            negatives.put(form, NegativeSets.draw(following, 0));
        }
        return negatives;
    }

    private static float[][] activations() {
        Random random = new Random(7);
        return IntStream.range(0, ROWS).mapToObj(row -> vector(random, 1)).toArray(float[][]::new);
    }

    private static float[] vector(Random random, double scale) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (scale * random.nextGaussian());
        }
        return vector;
    }

    private static float[] plus(float[] first, float[] second) {
        float[] sum = first.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += second[i];
        }
        return sum;
    }

    private static float[][] repeated(float[] vector) {
        return IntStream.range(0, SAMPLES).mapToObj(sample -> vector).toArray(float[][]::new);
    }
}
