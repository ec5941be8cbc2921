package dev.nla.train.run.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which rows each step sees: every epoch is a fresh permutation of all rows, cut into steps, the last of which may be short. A pure function
 * of seed and step, so that a resumed run needs to know nothing but the step. No step sees a row twice.
 */
public final class DataOrder {
    private final StepSeeds seeds;
    private final int rows;
    private final int rowsPerStep;
    private int shuffledEpoch = -1;
    private int[] permutation = {};

    /** An order over rows 0 to {@code rows - 1}. */
    public DataOrder(long seed, int rows, int rowsPerStep) {
        if (rows < 1 || rowsPerStep < 1) {
            throw new IllegalArgumentException("expected rows to order, not " + rows + " in steps of " + rowsPerStep);
        }
        this.seeds = new StepSeeds(seed);
        this.rows = rows;
        this.rowsPerStep = rowsPerStep;
    }

    /** The rows of the step with this number, counted from 0. */
    public int[] rows(int stepIndex) {
        int[] order = permutation(stepIndex / stepsPerEpoch());
        int from = stepIndex % stepsPerEpoch() * rowsPerStep;
        return Arrays.copyOfRange(order, from, Math.min(rows, from + rowsPerStep));
    }

    /** Steps until every row was seen. */
    public int stepsPerEpoch() {
        return (rows + rowsPerStep - 1) / rowsPerStep;
    }

    /** Epochs seen after that many steps. */
    public double epochsAfter(int steps) {
        return (double) steps / stepsPerEpoch();
    }

    /** Cuts rows into batches of {@code size}, the last of which may be short. */
    public static List<int[]> split(int[] rows, int size) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < rows.length; from += size) {
            batches.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + size)));
        }
        return batches;
    }

    private int[] permutation(int epoch) {
        if (epoch != shuffledEpoch) {
            permutation = new int[rows];
            Arrays.setAll(permutation, i -> i);
            SplittableRandom random = new SplittableRandom(seeds.at(epoch, "data order"));
            for (int i = rows - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = permutation[i];
                permutation[i] = permutation[j];
                permutation[j] = swapped;
            }
            shuffledEpoch = epoch;
        }
        return permutation;
    }
}
