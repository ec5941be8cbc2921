package dev.nla.train.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.nla.train.config.adapter.InfoNceNegatives;
import dev.nla.train.config.adapter.ReconstructorLoss;
import java.util.Arrays;

/**
 * How far reconstructions are from their activations: a weighted sum of squared error of scaled vectors, cosine distance, centred cosine
 * distance, raw squared error and InfoNCE (van den Oord et al. 2018) over other activations, by centred cosine.
 *
 * @param weights of the terms
 * @param mseScale L2 norm both vectors are scaled to in the squared error
 * @param mean mean activation of the train split, {@code [d]}
 */
public record ReconstructionLoss(ReconstructorLoss weights, double mseScale, float[] mean) {
    private static final double TINY = 1e-12;
    private static final float MASKED = -1e4f;

    /** Whether the loss compares with the nearest rows of each target. */
    public boolean usesNeighbours() {
        return weights.infoNceWeight() > 0 && weights.infoNceNegatives() != InfoNceNegatives.BATCH;
    }

    /**
     * The loss summed over rows, a scalar with gradient.
     *
     * @param reconstructions {@code [B, d]}
     * @param targets {@code [B][d]}
     * @param neighbours {@code [B][k][d]}, ignored unless {@link #usesNeighbours()}
     */
    public NDArray sum(NDManager scope, NDArray reconstructions, float[][] targets, float[][][] neighbours) {
        NDArray target = matrix(scope, targets);
        NDArray center = scope.create(mean);
        NDArray cosine = unit(reconstructions).mul(unit(target)).sum(new int[] {1});
        NDArray centred = unit(reconstructions.sub(center));
        NDArray centredTarget = unit(target.sub(center));
        NDArray loss = cosine.neg()
                .add(1)
                .mul(scalar(scope, weights.cosineWeight() + weights.mseWeight() * scaledErrorFactor()));
        if (weights.centeredCosineWeight() > 0) {
            loss = loss.add(centred.mul(centredTarget)
                    .sum(new int[] {1})
                    .neg()
                    .add(1)
                    .mul(scalar(scope, weights.centeredCosineWeight())));
        }
        if (weights.rawMseWeight() > 0) {
            loss = loss.add(reconstructions
                    .sub(target)
                    .square()
                    .mean(new int[] {1})
                    .mul(scalar(scope, weights.rawMseWeight())));
        }
        if (weights.infoNceWeight() > 0) {
            loss = loss.add(infoNce(scope, centred, centredTarget, targets, neighbours)
                    .mul(scalar(scope, weights.infoNceWeight())));
        }
        return loss.sum();
    }

    /** For vectors of norm s, the mean squared difference of the components is {@code 2 (1 - cos) s² / d}. */
    private double scaledErrorFactor() {
        return 2 * mseScale * mseScale / mean.length;
    }

    private NDArray infoNce(
            NDManager scope, NDArray centred, NDArray centredTarget, float[][] targets, float[][][] neighbours) {
        NDList columns = new NDList();
        columns.add(centred.mul(centredTarget).sum(new int[] {1}, true));
        if (usesNeighbours()) {
            columns.add(against(scope, centred, neighbours));
        }
        if (weights.infoNceNegatives() != InfoNceNegatives.NEAREST) {
            columns.add(againstBatch(scope, centred, centredTarget, targets));
        }
        NDArray logits = NDArrays.concat(columns, 1).div(scalar(scope, weights.infoNceTemperature()));
        return logits.logSoftmax(1).get(":, 0").neg();
    }

    private NDArray against(NDManager scope, NDArray centred, float[][][] neighbours) {
        int k = neighbours[0].length;
        int d = mean.length;
        float[] flat = new float[neighbours.length * k * d];
        int at = 0;
        for (float[][] row : neighbours) {
            for (float[] vector : row) {
                for (int i = 0; i < d; i++) {
                    flat[at + i] = vector[i] - mean[i];
                }
                at += d;
            }
        }
        NDArray others = unit(scope.create(flat, new Shape(neighbours.length * (long) k, d)))
                .reshape(neighbours.length, k, d);
        return others.matMul(centred.expandDims(2)).squeeze(2);
    }

    /**
     * Cosines with the batch's other targets. A row's own target, which stands in the first column already, is masked out wherever it
     * occurs: rollouts bring several texts of one row.
     */
    private NDArray againstBatch(NDManager scope, NDArray centred, NDArray centredTarget, float[][] targets) {
        int n = targets.length;
        float[] own = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                own[i * n + j] = Arrays.equals(targets[i], targets[j]) ? MASKED : 0;
            }
        }
        return centred.matMul(centredTarget.transpose()).add(scope.create(own, new Shape(n, n)));
    }

    /** A factor that lives until the backward pass has read it: DJL frees the one that {@code mul(double)} makes before that. */
    private static NDArray scalar(NDManager scope, double value) {
        return scope.create((float) value);
    }

    private static NDArray unit(NDArray rows) {
        return rows.div(rows.square().sum(new int[] {1}, true).add(TINY).sqrt());
    }

    private static NDArray matrix(NDManager scope, float[][] rows) {
        int d = rows[0].length;
        float[] flat = new float[rows.length * d];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * d, d);
        }
        return scope.create(flat, new Shape(rows.length, d));
    }
}
