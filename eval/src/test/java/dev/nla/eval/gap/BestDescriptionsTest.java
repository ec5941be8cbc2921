package dev.nla.eval.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeSets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the choice of what rejection sampling learns from: near the activation and away from its neighbours, not just away. */
class BestDescriptionsTest {
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
                IntStream.range(0, ROWS).mapToObj(BestDescriptionsTest::unit).toArray(float[][]::new);
        int[][] others = IntStream.range(0, ROWS)
                .mapToObj(row ->
                        IntStream.range(0, ROWS).filter(other -> other != row).toArray())
                .toArray(int[][]::new);
        return BestDescriptions.of(
                new GapInputs(activations, reconstructions, new float[ROWS]), NegativeSets.draw(others, 0));
    }
}
