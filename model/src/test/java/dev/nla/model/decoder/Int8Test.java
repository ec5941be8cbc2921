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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects the 8-bit decoder: its hidden states are those of the float32 weights to within rounding to 8 bits, with and without an
 * adapter, biases and a head of its own, and it refuses to train.
 */
class Int8Test {
    private static final List<long[]> ROWS = List.of(new long[] {7, 8, 21, 90}, new long[] {9, 100, 3, 55});

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void isTheModelToWithinRounding(String family) {
        try (Decoder exact = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32);
                Decoder rounded = Decoder.load(Fixtures.golden(family), ComputeType.INT8);
                LoraAdapter adapter =
                        PeftFolder.read(Fixtures.golden(family + "/adapter"), exact.manager(), exact.config())) {
            for (LoraAdapter by : List.of(exact.noAdapter(), adapter)) {
                float[] expected = logits(exact, by);
                float[] actual = logits(rounded, by);
                double error = relative(actual, expected);
                assertThat(error).isBetween(1e-5, 0.1);
            }
        }
    }

    @Test
    void generatesWithTheLogProbabilitiesOfItsOwnWeights() {
        try (Decoder rounded = Decoder.load(Fixtures.golden("qwen3"), ComputeType.INT8);
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

    @Test
    void refusesToTrain() {
        try (Decoder rounded = Decoder.load(Fixtures.golden("qwen3"), ComputeType.INT8);
                NDManager scope = rounded.manager().newSubManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rounded.hidden(
                            scope,
                            TokenBatch.of(ROWS),
                            rounded.noAdapter(),
                            0,
                            new Positions(new int[] {0}, new int[] {0}),
                            Mode.TRAINING))
                    .withMessageContaining("int8");
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
