package dev.nla.train.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.nla.model.gap.Cosine;
import dev.nla.model.testing.FreedMemory;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.adapter.InfoNceNegatives;
import dev.nla.train.config.adapter.ReconstructorLoss;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects the terms of the reconstructor's loss against the same sums written out in double precision. */
class ReconstructionLossTest {
    private static final int D = 6;
    private static final double SCALE = 3;
    private static final double TEMPERATURE = 0.2;

    private final Random random = new Random(1);
    private final float[] mean = vectors(1)[0];
    private final float[][] reconstructions = vectors(3);
    private final float[][] targets = vectors(3);
    private final float[][][] neighbours = {vectors(2), vectors(2), vectors(2)};

    @Test
    void eachDistanceIsTheOneItsNameSays() {
        assertThat(loss(new ReconstructorLoss(1, 0, 0, 0, 0, TEMPERATURE, InfoNceNegatives.BATCH, 2)))
                .isCloseTo(sum(i -> scaledError(reconstructions[i], targets[i])), within(1e-5));
        assertThat(loss(new ReconstructorLoss(0, 1, 0, 0, 0, TEMPERATURE, InfoNceNegatives.BATCH, 2)))
                .isCloseTo(sum(i -> 1 - Cosine.raw().between(reconstructions[i], targets[i])), within(1e-5));
        assertThat(loss(new ReconstructorLoss(0, 0, 1, 0, 0, TEMPERATURE, InfoNceNegatives.BATCH, 2)))
                .isCloseTo(sum(i -> 1 - centred(reconstructions[i], targets[i])), within(1e-5));
        assertThat(loss(new ReconstructorLoss(0, 0, 0, 1, 0, TEMPERATURE, InfoNceNegatives.BATCH, 2)))
                .isCloseTo(sum(i -> squaredError(reconstructions[i], targets[i], 1, 1)), within(1e-5));
    }

    @ParameterizedTest
    @EnumSource
    void theContrastiveTermTellsTheTargetFromItsNegatives(InfoNceNegatives negatives) {
        double expected = sum(i -> {
            double[] logits = Arrays.stream(negatives(negatives, i))
                    .mapToDouble(other -> centred(reconstructions[i], other) / TEMPERATURE)
                    .toArray();
            double own = centred(reconstructions[i], targets[i]) / TEMPERATURE;
            return Math.log(Math.exp(own) + Arrays.stream(logits).map(Math::exp).sum()) - own;
        });
        assertThat(loss(new ReconstructorLoss(0, 0, 0, 0, 1, TEMPERATURE, negatives, 2)))
                .isCloseTo(expected, within(1e-4));
    }

    /** Rollouts bring several texts of a row into a batch; none of them is a negative of another. */
    @Test
    void theOwnTargetIsNoNegativeHoweverOftenItStandsInTheBatch() {
        targets[1] = targets[0];
        targets[2] = targets[0].clone();
        assertThat(loss(new ReconstructorLoss(0, 0, 0, 0, 1, TEMPERATURE, InfoNceNegatives.BATCH, 2)))
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void theGradientIsThatOfTheSum() {
        ReconstructorLoss weights =
                new ReconstructorLoss(0.5, 0.25, 1, 0.1, 0.3, TEMPERATURE, InfoNceNegatives.BOTH, 2);
        float[] gradient = gradient(weights, false);
        for (int k : new int[] {0, 4, 9, 17}) {
            float kept = reconstructions[k / D][k % D];
            reconstructions[k / D][k % D] = kept + 0.01f;
            double above = loss(weights);
            reconstructions[k / D][k % D] = kept - 0.01f;
            double below = loss(weights);
            reconstructions[k / D][k % D] = kept;
            assertThat((double) gradient[k]).isCloseTo((above - below) / 0.02, within(2e-3));
        }
    }

    /** An array made from Java numbers lies in memory that Java frees with it; the backward pass may read nothing of that kind. */
    @Test
    void theGradientReadsNoMemoryThatJavaHasFreed() {
        ReconstructorLoss weights =
                new ReconstructorLoss(0.5, 0.25, 1, 0.1, 0.3, TEMPERATURE, InfoNceNegatives.BOTH, 2);
        assertThat(gradient(weights, true)).isEqualTo(gradient(weights, false));
    }

    private float[][] negatives(InfoNceNegatives kind, int row) {
        float[][] batch = {targets[(row + 1) % 3], targets[(row + 2) % 3]};
        return switch (kind) {
            case NEAREST -> neighbours[row];
            case BATCH -> batch;
            case BOTH -> new float[][] {neighbours[row][0], neighbours[row][1], batch[0], batch[1]};
        };
    }

    private double loss(ReconstructorLoss weights) {
        try (NDManager manager = TorchRuntime.newManager(Device.cpu())) {
            NDArray vectors = matrix(manager);
            return new ReconstructionLoss(weights, SCALE, mean)
                    .sum(manager, vectors, targets, neighbours)
                    .getFloat();
        }
    }

    private float[] gradient(ReconstructorLoss weights, boolean churn) {
        try (NDManager manager = TorchRuntime.newManager(Device.cpu())) {
            NDArray vectors = matrix(manager);
            vectors.setRequiresGradient(true);
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray loss = new ReconstructionLoss(weights, SCALE, mean).sum(manager, vectors, targets, neighbours);
                if (churn) {
                    FreedMemory.overwrite();
                }
                collector.backward(loss);
            }
            return vectors.getGradient().toFloatArray();
        }
    }

    private NDArray matrix(NDManager manager) {
        float[] flat = new float[3 * D];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = reconstructions[i / D][i % D];
        }
        return manager.create(flat, new Shape(3, D));
    }

    private double centred(float[] a, float[] b) {
        return Cosine.centered(mean).between(a, b);
    }

    private static double scaledError(float[] a, float[] b) {
        return squaredError(a, b, SCALE / norm(a), SCALE / norm(b));
    }

    private static double squaredError(float[] a, float[] b, double scaleA, double scaleB) {
        double sum = 0;
        for (int k = 0; k < D; k++) {
            double difference = a[k] * scaleA - b[k] * scaleB;
            sum += difference * difference;
        }
        return sum / D;
    }

    private static double norm(float[] a) {
        double sum = 0;
        for (float number : a) {
            sum += (double) number * number;
        }
        return Math.sqrt(sum);
    }

    private interface PerRow {
        double value(int row);
    }

    private static double sum(PerRow perRow) {
        return perRow.value(0) + perRow.value(1) + perRow.value(2);
    }

    private float[][] vectors(int count) {
        float[][] out = new float[count][D];
        for (float[] row : out) {
            for (int k = 0; k < D; k++) {
                row[k] = (float) random.nextGaussian();
            }
        }
        return out;
    }
}
