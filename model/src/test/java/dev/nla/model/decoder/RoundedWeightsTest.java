package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.testing.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects decoders whose weights are rounded to 8 or 4 bits: their logits are those of the float32 weights to within rounding, with and
 * without an adapter, biases and a head of its own; what they write has the log-probabilities that they read; and they refuse to train.
 */
class RoundedWeightsTest {
    private static final List<ComputeType> TYPES = List.of(ComputeType.INT8, ComputeType.INT4);

    private static final List<long[]> ROWS = List.of(new long[] {7, 8, 21, 90}, new long[] {9, 100, 3, 55});

    static Stream<Arguments> familiesByType() {
        return Fixtures.families().stream().flatMap(family -> TYPES.stream().map(type -> Arguments.of(family, type)));
    }

    @ParameterizedTest
    @MethodSource("familiesByType")
    void isTheModelToWithinRounding(String family, ComputeType type) {
        try (Decoder exact = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32);
                Decoder rounded = Decoder.load(Fixtures.golden(family), type);
                LoraAdapter adapter =
                        PeftFolder.read(Fixtures.golden(family + "/adapter"), exact.manager(), exact.config())) {
            for (LoraAdapter by : List.of(exact.noAdapter(), adapter)) {
                float[] expected = logits(exact, by);
                float[] actual = logits(rounded, by);
                double error = relative(actual, expected);
                assertThat(error).isBetween(1e-5, type == ComputeType.INT8 ? 0.1 : 0.3);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void generatesWithTheLogProbabilitiesOfItsOwnWeights(ComputeType type) {
        try (Decoder rounded = Decoder.load(Fixtures.golden("qwen3"), type);
                NDManager scope = rounded.manager().newSubManager()) {
            Completion completion = rounded.generate(
                            new GenerationRequest(
                                    new long[0],
                                    List.of(ROWS.get(0)),
                                    new float[0][],
                                    0,
                                    1,
                                    new Sampling(1, 0, 1, 1),
                                    new long[] {3},
                                    List.of()),
                            rounded.noAdapter())
                    .get(0);
            float[] scored = rounded.score(
                            scope,
                            TokenBatch.of(List.of(ROWS.get(0))),
                            rounded.noAdapter(),
                            new Positions(new int[] {0}, new int[] {3}),
                            completion.tokens(),
                            1,
                            false,
                            Mode.INFERENCE)
                    .logProbabilities()
                    .toFloatArray();
            assertThat(completion.logProbabilities()[0])
                    .isCloseTo(scored[0], org.assertj.core.api.Assertions.within(1e-4f));
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void refusesToTrain(ComputeType type) {
        try (Decoder rounded = Decoder.load(Fixtures.golden("qwen3"), type);
                NDManager scope = rounded.manager().newSubManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rounded.hidden(
                            scope,
                            TokenBatch.of(ROWS),
                            rounded.noAdapter(),
                            0,
                            new Positions(new int[] {0}, new int[] {0}),
                            Mode.TRAINING))
                    .withMessageContaining(type.text());
        }
    }

    private static float[] logits(Decoder decoder, LoraAdapter by) {
        try (NDManager scope = decoder.manager().newSubManager()) {
            NDArray logits = decoder.states(scope, TokenBatch.of(ROWS), by).logits();
            return logits.toFloatArray();
        }
    }

    private static double relative(float[] actual, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
