package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Protects the choice among several descriptions by each rule: what rejection sampling learns from is near the activation and away from its
 * neighbours, not just away; what could not be parsed is shown last.
 */
class BestOfTest {
    private static final int ROWS = 21;

    @Test
    void theNearestIsChosenForEveryRow() {
        float[][][] reconstructions = new float[ROWS][][];
        for (int row = 0; row < ROWS; row++) {
            reconstructions[row] =
                    new float[][] {unit((row + 1) % ROWS), unit((row + 2) % ROWS), unit((row + 3) % ROWS)};
            reconstructions[row][row % 3] = unit(row);
        }
        assertThat(best(reconstructions))
                .containsExactly(IntStream.range(0, ROWS).map(row -> row % 3).toArray());
    }

    @Test
    void aLeadFarFromTheActivationLosesToANearReconstruction() {
        float[] away = new float[ROWS];
        Arrays.fill(away, -1);
        away[0] = -0.1f;
        float[] near = new float[ROWS];
        Arrays.fill(near, 0.9f);
        near[0] = 1;
        float[][][] reconstructions = IntStream.range(0, ROWS)
                .mapToObj(row -> new float[][] {unit(row), unit(row)})
                .toArray(float[][][]::new);
        reconstructions[0] = new float[][] {away, near};
        assertThat(best(reconstructions)).as("the first of equals").containsExactly(first(1));
    }

    private static int[] first(int best) {
        int[] all = new int[ROWS];
        all[0] = best;
        return all;
    }

    private static float[] unit(int axis) {
        float[] vector = new float[ROWS];
        vector[axis] = 1;
        return vector;
    }

    private static int[] best(float[][][] reconstructions) {
        float[][] activations =
                IntStream.range(0, ROWS).mapToObj(BestOfTest::unit).toArray(float[][]::new);
        int[][] others = IntStream.range(0, ROWS)
                .mapToObj(row ->
                        IntStream.range(0, ROWS).filter(other -> other != row).toArray())
                .toArray(int[][]::new);
        NegativeSets negatives = NegativeSets.draw(others, 0);
        ScoredRows rows = new ScoredRows(
                new GapInputs(activations, reconstructions, new float[ROWS]),
                Map.of(Form.CENTERED, negatives, Form.LEGACY, negatives));
        return BestOf.NEAREST_AND_APART.of(rows);
    }

    @Test
    void eachRuleHasAnOrderOfItsOwn() {
        List<BestOf.Candidate> candidates = List.of(
                new BestOf.Candidate(0.5, 0.1, true),
                new BestOf.Candidate(0.9, 0.95, false),
                new BestOf.Candidate(0.6, 0.6, true),
                new BestOf.Candidate(Double.NaN, 0, true),
                new BestOf.Candidate(0.6, 0.6, true));
        assertThat(BestOf.NEAREST.order(candidates)).containsExactly(1, 2, 4, 0, 3);
        assertThat(BestOf.NEAREST_PARSED.order(candidates)).containsExactly(2, 4, 0, 3, 1);
        assertThat(BestOf.NEAREST_AND_APART.order(candidates)).containsExactly(0, 1, 2, 4, 3);
        assertThat(BestOf.NEAREST.of(candidates)).isEqualTo(1);
    }
}
