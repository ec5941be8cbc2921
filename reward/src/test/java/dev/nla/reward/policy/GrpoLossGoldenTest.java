package dev.nla.reward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds losses and gradients, padded and packed, to those of trl's own implementation. */
class GrpoLossGoldenTest {
    private static final int ROWS = 8;
    private static final int COLUMNS = 11;

    private record Case(String name, JsonNode settings) {
        @Override
        public String toString() {
            return name;
        }

        GrpoLoss loss() {
            JsonNode delta = settings.get("delta");
            return new GrpoLoss(
                    LossType.parse(settings.get("loss_type").asText()),
                    new ClipRange(
                            settings.get("epsilon_low").asDouble(),
                            settings.get("epsilon_high").asDouble(),
                            delta.isNull() ? OptionalDouble.empty() : OptionalDouble.of(delta.asDouble())),
                    settings.get("beta").asDouble(),
                    settings.get("max_completion_length").asInt());
        }
    }

    static Stream<Case> cases() throws IOException {
        JsonNode root =
                new ObjectMapper().readTree(Fixtures.golden("grpo/cases.json").toFile());
        return StreamSupport.stream(root.get("cases").spliterator(), false)
                .map(node -> new Case(node.get("name").asText(), node));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void paddedEqualsTrl(Case c) {
        try (SafetensorsFile golden = SafetensorsFile.open(Fixtures.golden("grpo/cases.safetensors"));
                NDManager manager = engine().newBaseManager()) {
            NDArray mask = manager.create(golden.longs("mask"), new Shape(ROWS, COLUMNS));
            check(c, golden, manager, TokenLayout.Padded.of(mask), all(), new Shape(ROWS, COLUMNS));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void packedEqualsTrl(Case c) {
        try (SafetensorsFile golden = SafetensorsFile.open(Fixtures.golden("grpo/cases.safetensors"));
                NDManager manager = engine().newBaseManager()) {
            NDArray mask = manager.create(golden.longs("mask"), new Shape(ROWS, COLUMNS));
            int[] lengths = TokenLayout.Padded.of(mask).lengths();
            int[] kept = kept(golden);
            check(c, golden, manager, new TokenLayout.Packed(lengths), kept, new Shape(kept.length));
        }
    }

    private static void check(
            Case c, SafetensorsFile golden, NDManager manager, TokenLayout layout, int[] picked, Shape shape) {
        NDArray now = manager.create(pick(golden, "new_logprobs", picked), shape);
        now.setRequiresGradient(true);
        PolicyBatch batch = PolicyBatch.onPolicy(now, layout, advantages(golden));
        if (!c.settings().get("on_policy").asBoolean()) {
            batch = batch.withOld(manager.create(pick(golden, "old_logprobs", picked), shape));
        }
        if (c.loss().beta() > 0) {
            batch = batch.withReference(manager.create(pick(golden, "ref_logprobs", picked), shape));
        }
        float[] gradient;
        try (GradientCollector collector = engine().newGradientCollector()) {
            GrpoLoss.Loss loss = c.loss().of(batch, StepTotals.of(layout.lengths()));
            assertThat((double) loss.value().getFloat())
                    .isCloseTo(c.settings().get("loss").asDouble(), within(1e-6));
            collector.backward(loss.value());
            gradient = now.getGradient().toFloatArray();
        }
        float[] expected = pick(golden, c.name() + ".grad", picked);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(gradient).containsExactly(expected, within(1e-5f * largest));
    }

    private static double[] advantages(SafetensorsFile golden) {
        float[] narrow = golden.floats("advantages");
        double[] wide = new double[narrow.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }

    private static float[] pick(SafetensorsFile golden, String name, int[] picked) {
        float[] values = golden.floats(name);
        float[] chosen = new float[picked.length];
        for (int i = 0; i < picked.length; i++) {
            chosen[i] = values[picked[i]];
        }
        return chosen;
    }

    private static int[] all() {
        return IntStream.range(0, ROWS * COLUMNS).toArray();
    }

    private static int[] kept(SafetensorsFile golden) {
        long[] mask = golden.longs("mask");
        return IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
    }

    private static Engine engine() {
        return Engine.getEngine("PyTorch");
    }
}
