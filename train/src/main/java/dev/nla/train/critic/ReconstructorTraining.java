package dev.nla.train.critic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.decoder.Mode;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.train.config.ReconstructorLoss;
import dev.nla.train.session.TrainingInputs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Accumulates gradients of the {@link ReconstructionLoss} of texts about train rows. The negatives of a contrastive term are each row's
 * nearest train rows by centred cosine.
 */
public final class ReconstructorTraining {
    private final TrainingInputs inputs;
    private final ReconstructionLoss loss;
    private final int[][] nearest;
    private final Mode mode;

    /**
     * Finds the neighbours if the loss uses any.
     *
     * @param mseScale L2 norm both vectors are scaled to in the squared error
     * @param mode how the decoder is called
     */
    public ReconstructorTraining(TrainingInputs inputs, ReconstructorLoss weights, double mseScale, Mode mode) {
        this.inputs = inputs;
        this.mode = mode;
        this.loss = new ReconstructionLoss(weights, mseScale, inputs.mean());
        this.nearest = loss.usesNeighbours()
                ? inputs.nearestTrainRows("info_nce_neighbors", weights.infoNceNeighbors(), Optional.of(inputs.mean()))
                : new int[0][];
    }

    /**
     * Adds the gradients of one micro-batch.
     *
     * @param learner whose adapter they go to
     * @param texts one a row
     * @param rows dataset rows, all of them train rows
     * @param total texts of the whole optimizer step, which the loss is a mean over
     * @return the micro-batch's share of the step's loss
     */
    public double accumulate(Reconstructor learner, List<String> texts, int[] rows, int total) {
        try (NDManager scope = learner.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray vectors = learner.reconstruct(scope, texts, mode);
            NDArray value = loss.sum(scope, vectors, inputs.activations(rows), neighbours(rows))
                    .div(scope.create((float) total));
            double share = value.getFloat();
            learner.decoder().backward(collector, value);
            return share;
        }
    }

    /** Activations of each row's neighbours, {@code [B][k][d]}; empty when the loss uses none. */
    private float[][][] neighbours(int[] rows) {
        return nearest.length == 0
                ? new float[0][][]
                : Arrays.stream(rows)
                        .mapToObj(row -> inputs.activations(inputs.trainRows(nearest[inputs.indexOf(row)])))
                        .toArray(float[][][]::new);
    }
}
