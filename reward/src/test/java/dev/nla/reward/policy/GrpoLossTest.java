package dev.nla.reward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the golden cases do not show: metrics, micro-batches that add up, garbage in the padding, refused settings. */
class GrpoLossTest {
    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void countsClippedTokensOnTheSideThatCounts() {
        TokenLayout layout = new TokenLayout.Packed(new int[] {3, 2});
        NDArray now = logs(0.5f, 1, 2, 0.5f, 2);
        PolicyBatch batch =
                PolicyBatch.onPolicy(now, layout, new double[] {1, -1}).withOld(logs(1, 1, 1, 1, 1));
        PolicyMetrics metrics =
                loss(LossType.GRPO).of(batch, StepTotals.of(layout.lengths())).metrics();
        assertThat(metrics.tokens()).isEqualTo(5);
        assertThat(metrics.clipHigh()).isCloseTo(0.2, within(1e-6));
        assertThat(metrics.clipLow()).isCloseTo(0.2, within(1e-6));
        assertThat(metrics.clipRegion()).isCloseTo(0.4, within(1e-6));
        assertThat(metrics.kl()).isEmpty();
    }

    @Test
    void estimatesTheDivergenceEvenWhereItHasNoWeight() {
        TokenLayout layout = new TokenLayout.Packed(new int[] {2});
        PolicyBatch batch =
                PolicyBatch.onPolicy(logs(1, 1), layout, new double[] {0}).withReference(logs(2, 1));
        GrpoLoss.Loss loss = loss(LossType.GRPO).of(batch, StepTotals.of(layout.lengths()));
        assertThat(loss.value().getFloat()).isZero();
        assertThat(loss.metrics().kl().getAsDouble()).isCloseTo((2 - Math.log(2) - 1) / 2, within(1e-6));
    }

    @Test
    void metricsOfMicroBatchesAreWeightedByTokens() {
        PolicyMetrics one = new PolicyMetrics(1, OptionalDouble.of(1), 1, 0, 1, Optional.empty());
        PolicyMetrics three = new PolicyMetrics(3, OptionalDouble.of(0), 0, 1, 1, Optional.empty());
        assertThat(PolicyMetrics.over(List.of(one, three)))
                .isEqualTo(new PolicyMetrics(4, OptionalDouble.of(0.25), 0.25, 0.75, 1, Optional.empty()));
    }

    @Test
    void tokensWrittenInAnotherNumberTypeAreWeightedUpToTheCap() {
        TokenLayout layout = new TokenLayout.Packed(new int[] {4});
        NDArray now = logs(0.5f, 0.5f, 0.5f, 0.5f);
        PolicyBatch batch =
                PolicyBatch.onPolicy(now, layout, new double[] {1}).withSampled(logs(0.5f, 0.4f, 0.1f, 1), 2);
        GrpoLoss.Loss loss = loss(LossType.GRPO).of(batch, StepTotals.of(layout.lengths()));
        // ratios 1, 1.25, 5 cut to 2, and 0.5
        assertThat(loss.value().getFloat()).isCloseTo(-(1 + 1.25f + 2 + 0.5f) / 4, within(1e-5f));
        PolicyMetrics.Mismatch mismatch = loss.metrics().mismatch().orElseThrow();
        assertThat(mismatch.ratio()).isCloseTo((1 + 1.25 + 5 + 0.5) / 4, within(1e-5));
        assertThat(mismatch.capped()).isCloseTo(0.25, within(1e-6));
        assertThat(mismatch.difference()).isCloseTo((Math.log(1.25) + Math.log(5) + Math.log(2)) / 4, within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(
            value = LossType.class,
            names = {"GRPO", "DR_GRPO", "DAPO"})
    void microBatchesAddUpToTheStep(LossType type) {
        float[] values = {0.5f, 1.1f, 0.9f, 1.3f, 0.7f, 1.05f};
        StepTotals step = new StepTotals(3, 6);
        double whole = value(type, step, new int[] {1, 2, 3}, values, 1, -1, 0.5);
        double first = value(type, step, new int[] {1}, new float[] {0.5f}, 1);
        double rest = value(type, step, new int[] {2, 3}, Arrays.copyOfRange(values, 1, 6), -1, 0.5);
        assertThat(first + rest).isCloseTo(whole, within(1e-6));
    }

    @Test
    void whatStandsInThePaddingDoesNotMatter() {
        TokenLayout layout = new TokenLayout.Padded(new boolean[][] {{true, true, false}, {true, false, false}});
        float bad = Float.NEGATIVE_INFINITY;
        NDArray now = manager.create(new float[] {-1, -2, bad, -3, Float.NaN, 9e9f}, new Shape(2, 3));
        NDArray other = manager.create(new float[] {-1.1f, -2, bad, -3.1f, 0, -9e9f}, new Shape(2, 3));
        now.setRequiresGradient(true);
        PolicyBatch batch = PolicyBatch.onPolicy(now, layout, new double[] {1, -1})
                .withOld(other)
                .withReference(other);
        GrpoLoss loss = new GrpoLoss(LossType.DAPO, symmetric(0.2), 0.1, 3);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray value = loss.of(batch, StepTotals.of(layout.lengths())).value();
            assertThat(value.getFloat()).isFinite();
            collector.backward(value);
            float[] gradient = now.getGradient().toFloatArray();
            assertThat(gradient).doesNotContain(Float.NaN);
            assertThat(new float[] {gradient[2], gradient[4], gradient[5]}).containsOnly(0f);
            assertThat(gradient[0]).isNotZero();
        }
    }

    @Test
    void refusesSettingsWithoutMeaning() {
        refused(() -> LossType.parse("ppo"), "loss_type is 'ppo', expected one of grpo, bnpo, dr_grpo, dapo");
        refused(() -> symmetric(-0.1), "epsilon is -0.1");
        refused(() -> new ClipRange(0.2, 0.3, OptionalDouble.of(1.1)), "delta is 1.1");
        refused(() -> new GrpoLoss(LossType.GRPO, symmetric(0.2), -1, 5), "beta is -1.0");
        refused(() -> new GrpoLoss(LossType.GRPO, symmetric(0.2), 0, 0), "max_completion_length is 0");
        TokenLayout layout = new TokenLayout.Packed(new int[] {2});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyBatch.onPolicy(logs(1, 1, 1), layout, new double[] {1}));
        GrpoLoss withBeta = new GrpoLoss(LossType.GRPO, symmetric(0.2), 0.1, 5);
        PolicyBatch batch = PolicyBatch.onPolicy(logs(1, 1), layout, new double[] {1});
        assertThatIllegalArgumentException().isThrownBy(() -> withBeta.of(batch, new StepTotals(1, 2)));
    }

    private double value(LossType type, StepTotals step, int[] lengths, float[] ratios, double... advantages) {
        float[] ones = new float[ratios.length];
        Arrays.fill(ones, 1);
        PolicyBatch batch = PolicyBatch.onPolicy(logs(ratios), new TokenLayout.Packed(lengths), advantages)
                .withOld(logs(ones));
        return loss(type).of(batch, step).value().getFloat();
    }

    private static GrpoLoss loss(LossType type) {
        return new GrpoLoss(type, symmetric(0.2), 0, 10);
    }

    /** Log-probabilities whose ratio to {@code logs(1, ...)} is {@code ratios}. */
    private NDArray logs(float... ratios) {
        float[] logs = new float[ratios.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(ratios[i]) - 2;
        }
        return manager.create(logs);
    }

    private static void refused(ThrowingCallable call, String part) {
        assertThatExceptionOfType(InputException.class).isThrownBy(call).withMessageContaining(part);
    }

    /** The same on both sides. */
    private static ClipRange symmetric(double epsilon) {
        return new ClipRange(epsilon, epsilon, OptionalDouble.empty());
    }
}
