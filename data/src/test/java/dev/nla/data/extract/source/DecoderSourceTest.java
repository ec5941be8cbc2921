package dev.nla.data.extract.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects that what is captured is transformers' {@code hidden_states[layer + 1]}, at the right tokens, also behind a shared prefix. */
class DecoderSourceTest {
    private static final int TOKENS = 17;

    private static List<long[]> sequences(SafetensorsFile golden) {
        long[] ids = golden.longs("input_ids");
        long[] mask = golden.longs("attention_mask");
        List<long[]> sequences = new ArrayList<>();
        for (int row = 0; row < ids.length / TOKENS; row++) {
            int length =
                    (int) Arrays.stream(mask, row * TOKENS, (row + 1) * TOKENS).sum();
            sequences.add(Arrays.copyOfRange(ids, row * TOKENS, row * TOKENS + length));
        }
        return sequences;
    }

    private static void close(float[] actual, float[] hidden, int state, int rows, int row, int position) {
        int d = actual.length;
        int offset = ((state * rows + row) * TOKENS + position) * d;
        for (int i = 0; i < d; i++) {
            assertThat(actual[i]).isCloseTo(hidden[offset + i], within(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void everyBlockAndTokenIsThatOfTransformers(String family) {
        try (SafetensorsFile golden =
                        SafetensorsFile.open(Fixtures.golden(family).resolve("golden.safetensors"));
                Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32)) {
            DecoderSource source = new DecoderSource(decoder, Fixtures.golden(family));
            List<long[]> sequences = sequences(golden);
            float[] hidden = golden.floats("hidden_states");
            int[][] positions = sequences.stream()
                    .map(ids -> IntStream.range(0, ids.length).toArray())
                    .toArray(int[][]::new);
            for (int layer = 0; layer < source.layers() - 1; layer++) {
                float[][] captured = source.capture(sequences, layer, positions);
                int at = 0;
                for (int row = 0; row < sequences.size(); row++) {
                    for (int position : positions[row]) {
                        close(captured[at++], hidden, layer + 1, sequences.size(), row, position);
                    }
                }
                assertThat(at).isEqualTo(captured.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "llama")
    void aSharedBeginningChangesNothing(String family) {
        try (Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32)) {
            DecoderSource source = new DecoderSource(decoder, Fixtures.golden(family));
            List<long[]> sequences = List.of(
                    new long[] {5, 6, 7, 8, 9, 10}, new long[] {5, 6, 7, 8, 3}, new long[] {5, 6, 7, 8, 9, 10, 4});
            int[][] late = {{4, 5}, {4}, {6}};
            int[][] early = {{0, 5}, {2}, {6}};
            for (int[][] positions : List.of(late, early)) {
                float[][] together = source.capture(sequences, 1, positions);
                int at = 0;
                for (int row = 0; row < sequences.size(); row++) {
                    float[][] alone = source.capture(List.of(sequences.get(row)), 1, new int[][] {positions[row]});
                    for (float[] vector : alone) {
                        for (int i = 0; i < vector.length; i++) {
                            assertThat(together[at][i]).isCloseTo(vector[i], within(1e-5f));
                        }
                        at++;
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama/bf16"})
    void theFingerprintTellsModelsApart(String folder) {
        assertThat(ModelFingerprint.of(Fixtures.golden(folder)))
                .isEqualTo(ModelFingerprint.of(Fixtures.golden(folder)))
                .isNotEqualTo(ModelFingerprint.of(Fixtures.golden("qwen2")));
    }
}
