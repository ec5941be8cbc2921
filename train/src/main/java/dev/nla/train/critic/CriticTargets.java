package dev.nla.train.critic;

import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.train.session.TrainingInputs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The nearest train rows of each train row by centred cosine, as activations a contrastive loss tells it from. */
public final class CriticTargets {
    private final TrainingInputs inputs;
    private final Map<Integer, int[]> nearest = new HashMap<>();

    private CriticTargets(TrainingInputs inputs) {
        this.inputs = inputs;
    }

    /** For a critic that does not learn. */
    public static CriticTargets none(TrainingInputs inputs) {
        return new CriticTargets(inputs);
    }

    /** Finds the neighbours if the loss uses any. */
    public CriticTargets(TrainingInputs inputs, ReconstructionLoss loss) {
        this(inputs);
        if (loss.usesNeighbours()) {
            int[] rows = inputs.trainRows();
            int[][] found = new NeighborSearch(inputs.decoder().manager())
                    .nearest(inputs.data(), rows, rows, loss.weights().infoNceNeighbors(), Optional.of(inputs.mean()))
                    .nearest();
            for (int i = 0; i < rows.length; i++) {
                nearest.put(rows[i], found[i]);
            }
        }
    }

    /** Activations of each row's neighbours, {@code [B][k][d]}; empty when the loss uses none. */
    public float[][][] neighbours(int[] rows) {
        return nearest.isEmpty()
                ? new float[0][][]
                : Arrays.stream(rows)
                        .mapToObj(row -> inputs.activations(nearest.get(row)))
                        .toArray(float[][][]::new);
    }
}
