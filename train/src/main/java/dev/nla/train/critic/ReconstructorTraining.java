package dev.nla.train.critic;

import dev.nla.model.decoder.Mode;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.PartWork;
import dev.nla.train.config.adapter.ReconstructorLoss;
import dev.nla.train.parts.PartGradient;
import dev.nla.train.parts.ReconstructionLoss;
import dev.nla.train.parts.ReconstructorGradient;
import dev.nla.train.parts.ReconstructorPart;
import dev.nla.train.session.TrainingData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A reconstructor in training on texts about train rows: what makes a part, and what is computed with one. The negatives of a contrastive
 * term are each row's nearest train rows by centred cosine.
 */
public final class ReconstructorTraining {
    private final TrainingData data;
    private final Reconstructor learner;
    private final ReconstructionLoss loss;
    private final Mode mode;
    private final int[][] nearest;

    /**
     * Finds the neighbours if the loss uses any.
     *
     * @param learner whose adapter learns
     * @param mseScale L2 norm both vectors are scaled to in the squared error
     * @param mode how the decoder is called
     */
    public ReconstructorTraining(
            TrainingData data, Reconstructor learner, ReconstructorLoss weights, double mseScale, Mode mode) {
        this.data = data;
        this.learner = learner;
        this.mode = mode;
        this.loss = new ReconstructionLoss(weights, mseScale, data.mean());
        this.nearest = loss.usesNeighbours()
                ? data.nearestTrainRows(
                        learner.decoder().manager(),
                        "info_nce_neighbors",
                        weights.infoNceNeighbors(),
                        Optional.of(data.mean()))
                : new int[0][];
    }

    /**
     * What is learnt from at a time.
     *
     * @param texts one a row
     * @param rows dataset rows, all of them train rows
     * @param total texts of the whole optimizer step, which the loss is a mean over
     * @param seed of dropout
     */
    public ReconstructorPart part(List<String> texts, int[] rows, int total, int seed) {
        return new ReconstructorPart(texts, data.activations(rows), neighbours(rows), total, seed);
    }

    /** What learns from a part; its loss is the part's share of the step's. */
    public PartWork<ReconstructorPart, PartGradient> gradient() {
        return new ReconstructorGradient(learner, loss, mode);
    }

    /** Activations of each row's neighbours, {@code [B][k][d]}; empty when the loss uses none. */
    private float[][][] neighbours(int[] rows) {
        return nearest.length == 0
                ? new float[0][][]
                : Arrays.stream(rows)
                        .mapToObj(row -> data.activations(data.trainRows(nearest[data.indexOf(row)])))
                        .toArray(float[][][]::new);
    }
}
