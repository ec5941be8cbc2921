package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.weights.WeightSlot;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraLayout;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.Projection;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects training of whole models: their forward pass is that of a checkpoint with the same weights, their gradients agree with the
 * adapters' (which hold against peft's elsewhere), and what is written loads.
 */
class TrainedWeightsTest {
    private static final List<long[]> ROWS = List.of(new long[] {5, 9, 17, 3, 40, 8}, new long[] {7, 7, 21, 30});
    private static final int RANK = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void logitsAreThoseOfACheckpointWithTheseWeights(String family) {
        Path model = Fixtures.golden(family);
        try (Decoder loaded = Decoder.load(model, ComputeType.FLOAT32);
                Decoder flat = withWeightsOf(model);
                NDManager scope = loaded.manager().newSubManager()) {
            assertThat(logits(scope, flat)).containsExactly(logits(scope, loaded));
        }
    }

    /** With B = 0, an adapter's gradient with respect to B is scale · (dL/dW) Aᵀ. */
    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void gradientsAgreeWithThoseOfAdapters(String family) {
        Path model = Fixtures.golden(family);
        LoraSpec spec = LoraSpec.of(RANK, 2 * RANK, 0, EnumSet.allOf(Projection.class));
        try (Decoder loaded = Decoder.load(model, ComputeType.FLOAT32);
                Decoder flat = withWeightsOf(model);
                LoraAdapter adapter = LoraAdapter.create(loaded.manager(), loaded.config(), spec, false, 4)) {
            float[] factors = adapter.parameters().toFloatArray();
            float[] lora = gradient(loaded, adapter, adapter.parameters());
            Map<String, float[]> full = split(
                    flat.config(),
                    gradient(
                            flat, flat.noAdapter(), flat.weights().orElseThrow().parameters()));
            List<LoraLayout.Factor> all = adapter.layout().factors();
            for (int i = 0; i < all.size(); i += 2) {
                LoraLayout.Factor a = all.get(i);
                LoraLayout.Factor b = all.get(i + 1);
                float[] weight = full.get(name(b));
                for (int row = 0; row < b.rows(); row++) {
                    for (int r = 0; r < RANK; r++) {
                        double expected = 0;
                        for (int k = 0; k < a.columns(); k++) {
                            expected += 2.0 * weight[row * a.columns() + k] * factors[a.offset() + r * a.columns() + k];
                        }
                        assertThat((double) lora[b.offset() + row * RANK + r])
                                .as("%s row %d", name(b), row)
                                .isCloseTo(expected, within(1e-5));
                    }
                }
            }
            for (String other : List.of("model.embed_tokens.weight", "model.layers.0.input_layernorm.weight")) {
                assertThat(full.get(other)).isNotEqualTo(new float[full.get(other).length]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void writtenWeightsLoadAndComputeTheSame(String family) throws IOException {
        Path model = Fixtures.golden(family);
        Path bf16 = model.resolve("bf16");
        try (Decoder flat = withWeightsOf(model);
                Decoder expected = Decoder.load(bf16, ComputeType.FLOAT32);
                NDManager scope = flat.manager().newSubManager()) {
            Files.copy(model.resolve("config.json"), folder.resolve("config.json"));
            flat.weights().orElseThrow().write(folder.resolve("model.safetensors"));
            try (Decoder written = Decoder.load(folder, ComputeType.FLOAT32)) {
                assertThat(logits(scope, written)).containsExactly(logits(scope, expected));
            }
        }
    }

    @Test
    void aDrawIsAFunctionOfItsSeed() {
        ModelConfig config = ModelConfig.read(Fixtures.golden("llama"));
        assertThat(drawn(config, 1)).containsExactly(drawn(config, 1)).isNotEqualTo(drawn(config, 2));
    }

    private static float[] drawn(ModelConfig config, long seed) {
        try (Decoder decoder = Decoder.untrained(config, ComputeType.FLOAT32, seed)) {
            return decoder.weights().orElseThrow().parameters().toFloatArray();
        }
    }

    private static Decoder withWeightsOf(Path model) {
        ModelConfig config = ModelConfig.read(model);
        Decoder decoder = Decoder.untrained(config, ComputeType.FLOAT32, 0);
        FlatWeights weights = decoder.weights().orElseThrow();
        float[] values = new float[(int) weights.parameters().size()];
        int at = 0;
        try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
            for (WeightSlot slot : WeightSlot.of(config)) {
                if (slot.size() > 0) {
                    float[] part = new float[slot.size()];
                    file.floats(slot.name(), slot.offset(), part);
                    System.arraycopy(part, 0, values, at, part.length);
                    at += part.length;
                }
            }
        }
        weights.set(values);
        return decoder;
    }

    private static Map<String, float[]> split(ModelConfig config, float[] flat) {
        Map<String, float[]> parts = new LinkedHashMap<>();
        int at = 0;
        for (WeightSlot slot : WeightSlot.of(config)) {
            // the rows of a fused matrix follow each other
            float[] before = parts.getOrDefault(slot.name(), new float[0]);
            parts.put(slot.name(), Arrays.copyOfRange(flat, at - before.length, at + slot.size()));
            at += slot.size();
        }
        return parts;
    }

    private static String name(LoraLayout.Factor factor) {
        return "model.layers.%d.%s.weight"
                .formatted(factor.layer(), factor.projection().path());
    }

    private static float[] logits(NDManager scope, Decoder decoder) {
        return decoder.states(scope, TokenBatch.of(ROWS.subList(0, 1)), decoder.noAdapter())
                .logits()
                .toFloatArray();
    }

    private static float[] gradient(Decoder decoder, LoraAdapter adapter, NDArray parameters) {
        parameters.setRequiresGradient(true);
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            Positions at = new Positions(new int[] {0, 0, 1}, new int[] {1, 4, 2});
            NDArray loss = decoder.score(
                            scope, TokenBatch.of(ROWS), adapter, at, new long[] {17, 8, 30}, 1, false, Mode.GRADIENT)
                    .logProbabilities()
                    .sum();
            collector.backward(loss);
            try (NDArray gradient = parameters.getGradient()) {
                return gradient.toFloatArray();
            }
        }
    }
}
