package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.injection.Injection;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects parity with transformers and peft: hidden states, logits, the injected forward pass, its loss and every LoRA gradient, and
 * greedy tokens, for every family.
 */
class DecoderGoldenTest {
    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void hiddenStatesAndLogitsEqualTransformers(String family) {
        compareStates(family, "", ComputeType.FLOAT32, Tolerance.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void aBfloat16CheckpointComputedInFloat32StaysWithinItsRounding(String family) {
        compareStates(family, "bf16", ComputeType.FLOAT32, Tolerance.BFLOAT16);
    }

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void bfloat16StaysWithinItsRounding(String family) {
        compareStates(family, "bf16", ComputeType.BFLOAT16, Tolerance.BFLOAT16);
        compareStates(family, "", ComputeType.BFLOAT16, Tolerance.BFLOAT16);
    }

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void injectedLossAndAllLoraGradientsEqualPeft(String family) throws IOException {
        try (Injected golden = new Injected(family)) {
            for (int shared : new int[] {0, 6}) {
                golden.checkLossAndGradients(shared, Mode.TRAINING);
                golden.checkLossAndGradients(shared, Mode.RECOMPUTING);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void greedyTokensEqualTransformers(String family) throws IOException {
        try (Injected golden = new Injected(family)) {
            long[] expected = golden.file.longs("greedy_ids");
            int length = golden.json.get("prompt_length").asInt();
            for (int shared : new int[] {0, 4}) {
                List<long[]> suffixes = golden.rows.stream()
                        .map(row -> Arrays.copyOfRange(row, shared, length))
                        .toList();
                long[] prefix = Arrays.copyOf(golden.rows.get(0), shared);
                assertThat(golden.rows).allMatch(row -> Arrays.equals(row, 0, shared, prefix, 0, shared));
                List<Completion> out = golden.decoder.generate(
                        new GenerationRequest(
                                prefix,
                                suffixes,
                                golden.vectors,
                                golden.marker - shared,
                                2,
                                Sampling.greedy(16),
                                new long[3],
                                List.of()),
                        golden.adapter);
                for (int i = 0; i < 6; i++) {
                    assertThat(out.get(i).tokens())
                            .isEqualTo(Arrays.copyOfRange(expected, i / 2 * 16, i / 2 * 16 + 16));
                }
            }
        }
    }

    /** How far numbers may differ: bfloat16 keeps 8 bits, some roundings add up. */
    private enum Tolerance {
        FLOAT32,
        BFLOAT16;

        float of(float[] expected) {
            float largest = 0;
            for (float x : expected) {
                largest = Math.max(largest, Math.abs(x));
            }
            return this == FLOAT32 ? 1e-4f : largest * 0x1p-6f;
        }
    }

    private static void compareStates(String family, String folder, ComputeType type, Tolerance tolerance) {
        Path model = Fixtures.golden(family).resolve(folder);
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden(family + "/golden.safetensors"));
                Decoder decoder = Decoder.load(model, type);
                NDManager scope = decoder.manager().newSubManager()) {
            long[] mask = file.longs("attention_mask");
            int width = 17;
            List<long[]> rows = rows(file.longs("input_ids"), mask, width);
            States states = decoder.states(scope, TokenBatch.of(rows), decoder.noAdapter());
            compareReal(states.hidden().toFloatArray(), file.floats("hidden_states"), 48, mask, tolerance);
            compareReal(states.logits().toFloatArray(), file.floats("logits"), 320, mask, tolerance);
        }
    }

    /** Compares arrays whose last axes are [3, 17, d], at unpadded places; a bfloat16 tolerance is a share of the largest value. */
    private static void compareReal(float[] actual, float[] expected, int d, long[] mask, Tolerance tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        float allowed = tolerance.of(expected);
        int places = mask.length;
        for (int copy = 0, at = 0; at < expected.length; copy++) {
            for (int place = 0; place < places; place++, at += d) {
                if (mask[place] == 0) {
                    continue;
                }
                for (int k = 0; k < d; k++) {
                    assertThat(actual[at + k])
                            .as("copy %d, place %d, component %d", copy, place, k)
                            .isCloseTo(expected[at + k], org.assertj.core.data.Offset.offset(allowed));
                }
            }
        }
    }

    private static List<long[]> rows(long[] ids, long[] mask, int width) {
        List<long[]> rows = new ArrayList<>();
        for (int begin = 0; begin < ids.length; begin += width) {
            int end = begin;
            while (end < begin + width && mask[end] == 1) {
                end++;
            }
            rows.add(Arrays.copyOfRange(ids, begin, end));
        }
        return rows;
    }

    /** A family's injected golden values with its model and adapter. */
    private static final class Injected implements AutoCloseable {
        final SafetensorsFile file;
        final JsonNode json;
        final Decoder decoder;
        final LoraAdapter adapter;
        final List<long[]> rows;
        final long[] labels;
        final float[][] vectors = new float[3][];
        final int marker;
        final int width = 19;

        Injected(String family) throws IOException {
            Path folder = Fixtures.golden(family);
            file = SafetensorsFile.open(folder.resolve("injected.safetensors"));
            json = new ObjectMapper().readTree(folder.resolve("injected.json").toFile());
            decoder = Decoder.load(folder, ComputeType.FLOAT32);
            adapter = PeftFolder.read(folder.resolve("adapter"), decoder.manager(), decoder.config());
            rows = rows(file.longs("input_ids"), file.longs("attention_mask"), width);
            labels = file.longs("labels");
            marker = json.get("marker_position").asInt();
            Injection injection = Injection.raw(json.get("injection_norm").asDouble());
            float[] flat = file.floats("activation");
            for (int i = 0; i < 3; i++) {
                vectors[i] = injection.apply(Arrays.copyOfRange(flat, i * 48, i * 48 + 48));
            }
        }

        void checkLossAndGradients(int shared, Mode mode) {
            adapter.requireGradient(true);
            List<long[]> tails = rows.stream()
                    .map(row -> Arrays.copyOfRange(row, shared, row.length))
                    .toList();
            long[] prefix = Arrays.copyOf(rows.get(0), shared);
            TokenBatch batch = new TokenBatch(prefix, tails, vectors, marker - shared);
            List<int[]> places = new ArrayList<>();
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] >= 0) {
                    places.add(new int[] {i / width, i % width - 1 - shared});
                }
            }
            Positions at = new Positions(
                    places.stream().mapToInt(p -> p[0]).toArray(),
                    places.stream().mapToInt(p -> p[1]).toArray());
            long[] targets = Arrays.stream(labels).filter(label -> label >= 0).toArray();
            float[] gradient;
            try (NDManager scope = decoder.manager().newSubManager();
                    GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray loss = decoder.score(scope, batch, adapter, at, targets, 1, true, mode)
                        .logProbabilities()
                        .mean()
                        .neg();
                assertThat(loss.getFloat())
                        .isCloseTo(file.floats("loss")[0], org.assertj.core.data.Offset.offset(1e-5f));
                decoder.backward(collector, loss);
                try (NDArray raw = adapter.parameters().getGradient()) {
                    gradient = raw.toFloatArray();
                    raw.muli(0);
                }
            }
            for (var factor : adapter.layout().factors()) {
                float[] expected = file.floats("grad." + PeftFolder.key(factor));
                float largest = 0;
                for (float x : expected) {
                    largest = Math.max(largest, Math.abs(x));
                }
                for (int i = 0; i < expected.length; i++) {
                    assertThat(gradient[factor.offset() + i])
                            .as("%s [%d], shared prefix %d", factor, i, shared)
                            .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-3f * largest));
                }
            }
        }

        @Override
        public void close() {
            adapter.close();
            decoder.close();
            file.close();
        }
    }
}
