package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects attention in blocks of queries: whatever the family, the window, the prefix and the padding, the same numbers as in one piece, in
 * every pass that the model has.
 */
class LongTextsTest {
    private static final int WHOLE = Integer.MAX_VALUE;
    /**
     * Sixteen roundings of float32. Matrix products of other shapes are summed in another order, which order depends on the processor: the largest
     * difference was 1.28e-6 on an Intel Xeon with AVX-512, and below 1e-6 on an AMD EPYC.
     */
    private static final double CLOSE = 16 * Math.ulp(1f);
    /** Gradients add up over the blocks, each rounded to float32. */
    private static final double CLOSE_GRADIENTS = 1e-5;

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (String family : Fixtures.families()) {
            // Blocks that divide the text, that do not, that are smaller than the window, and of a single query.
            for (int[] lengths : new int[][] {{0, 96, 32}, {0, 61, 16}, {45, 50, 7}, {70, 3, 20}, {5, 11, 1}}) {
                cases.add(Arguments.of(family, lengths[0], lengths[1], lengths[2]));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statesAndLogits(String family, int prefix, int length, int span) {
        compare(family, span, CLOSE, decoder -> {
            try (NDManager scope = decoder.manager().newSubManager()) {
                // One text: of several, the shorter ones end in numbers without meaning.
                States states = decoder.states(scope, texts(decoder, prefix, List.of(length)), decoder.noAdapter());
                return List.of(states.hidden().toFloatArray(), states.logits().toFloatArray());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hiddenStatesOfPaddedTextsWithAnAdapter(String family, int prefix, int length, int span) {
        compare(family, span, CLOSE, decoder -> {
            TokenBatch batch = texts(decoder, prefix, List.of(length, 1 + length / 3));
            int block = decoder.config().layers() - 1;
            try (NDManager scope = decoder.manager().newSubManager();
                    LoraAdapter adapter = PeftFolder.read(
                            Fixtures.golden(family + "/adapter"), decoder.manager(), decoder.config())) {
                Positions few = Positions.lastOf(batch.rows());
                Positions more = new Positions(new int[] {0, 0, 1}, new int[] {0, length - 1, length / 3});
                return List.of(
                        decoder.hidden(scope, batch, adapter, block, few, Mode.INFERENCE)
                                .toFloatArray(),
                        decoder.hidden(scope, batch, adapter, block, more, Mode.INFERENCE)
                                .toFloatArray());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradients(String family, int prefix, int length, int span) {
        for (Mode mode : List.of(Mode.GRADIENT, Mode.RECOMPUTING)) {
            compare(
                    family,
                    span,
                    CLOSE_GRADIENTS,
                    decoder -> gradient(decoder, family, texts(decoder, prefix, List.of(length, 2)), mode));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void completions(String family, int prefix, int length, int span) {
        compare(family, span, CLOSE, decoder -> {
            TokenBatch batch = texts(decoder, prefix, List.of(length, length));
            GenerationRequest request = new GenerationRequest(
                    batch.prefix(),
                    batch.rows(),
                    new float[0][],
                    0,
                    2,
                    Sampling.greedy(5),
                    new long[] {1, 2},
                    List.of());
            List<float[]> scores = new ArrayList<>();
            for (Completion each : decoder.generate(request, decoder.noAdapter())) {
                scores.add(each.logProbabilities());
            }
            return scores;
        });
    }

    @Test
    void textsUpToABlockAreComputedAsInOnePiece() {
        try (Decoder blocks = load("gemma3_text", 64);
                Decoder whole = load("gemma3_text", WHOLE);
                NDManager scope = blocks.manager().newSubManager()) {
            TokenBatch batch = texts(blocks, 30, List.of(64, 12));
            NDArray one = blocks.states(scope, batch, blocks.noAdapter()).logits();
            NDArray other = whole.states(scope, batch, whole.noAdapter()).logits();
            assertThat(one.get(0).toFloatArray()).isEqualTo(other.get(0).toFloatArray());
        }
    }

    private static void compare(String family, int span, double close, Function<Decoder, List<float[]>> numbers) {
        List<float[]> expected;
        try (Decoder whole = load(family, WHOLE)) {
            expected = numbers.apply(whole);
        }
        try (Decoder blocks = load(family, span)) {
            List<float[]> found = numbers.apply(blocks);
            assertThat(found).hasSameSizeAs(expected);
            for (int k = 0; k < expected.size(); k++) {
                assertThat(distance(found.get(k), expected.get(k))).isLessThanOrEqualTo(close);
            }
        }
    }

    /** The largest difference, beside the largest number where that is above 1. */
    private static double distance(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double difference = 0;
        double largest = 1;
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isFinite();
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return difference / largest;
    }

    private static Decoder load(String family, int span) {
        return Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32, Device.cpu(), span);
    }

    private static TokenBatch texts(Decoder decoder, int prefix, List<Integer> lengths) {
        SplittableRandom random = new SplittableRandom(prefix);
        int vocabulary = decoder.config().vocabularySize();
        long[] head = random.longs(prefix, 0, vocabulary).toArray();
        return TokenBatch.of(
                head,
                lengths.stream()
                        .map(length -> random.longs(length, 0, vocabulary).toArray())
                        .toList());
    }

    private static List<float[]> gradient(Decoder decoder, String family, TokenBatch batch, Mode mode) {
        long[] targets = {7, 31, 4};
        int last = batch.rows().get(0).length - 1;
        Positions at = new Positions(new int[] {0, 0, 1}, new int[] {last / 2, last, 1});
        try (LoraAdapter adapter =
                        PeftFolder.read(Fixtures.golden(family + "/adapter"), decoder.manager(), decoder.config());
                NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            adapter.requireGradient(true);
            NDArray loss = decoder.score(scope, batch, adapter, at, targets, 1, false, mode)
                    .logProbabilities()
                    .sum();
            decoder.backward(collector, loss);
            try (NDArray gradient = adapter.parameters().getGradient()) {
                return List.of(gradient.toFloatArray());
            }
        }
    }
}
