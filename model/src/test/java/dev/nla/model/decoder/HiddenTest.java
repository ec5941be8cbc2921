package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the shortcut of the last block, which is computed at few places only: the same numbers as where all are computed. */
class HiddenTest {
    private static final long[] PREFIX = {5, 60, 61};
    private static final List<long[]> ROWS =
            List.of(new long[] {7, 8, 21, 90, 4, 71, 30}, new long[] {9, 100, 3}, new long[] {44, 45, 11, 12});

    @ParameterizedTest
    @CsvSource({
        "qwen3, 0, true",
        "qwen3, 1, true",
        "qwen3, 1, false",
        "mistral, 2, true",
        "phi3, 1, false",
        "gemma3_text, 1, true",
        "gemma3_text, 2, true"
    })
    void fewPlacesGiveWhatAllPlacesGive(String family, int block, boolean prefix) {
        TokenBatch batch = new TokenBatch(prefix ? PREFIX : new long[0], ROWS, new float[0][], 0);
        try (Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32);
                LoraAdapter adapter =
                        PeftFolder.read(Fixtures.golden(family + "/adapter"), decoder.manager(), decoder.config());
                NDManager scope = decoder.manager().newSubManager()) {
            // two of the first row, none of the second
            float[] few = decoder.hidden(
                            scope,
                            batch,
                            adapter,
                            block,
                            new Positions(new int[] {0, 0, 2}, new int[] {1, 6, 0}),
                            Mode.INFERENCE)
                    .toFloatArray();
            float[] all = decoder.hidden(
                            scope,
                            batch,
                            adapter,
                            block,
                            new Positions(new int[] {0, 0, 2, 1}, new int[] {1, 6, 0, 2}),
                            Mode.INFERENCE)
                    .toFloatArray();
            for (int i = 0; i < few.length; i++) {
                assertThat(few[i]).isCloseTo(all[i], within(1e-5f));
            }
        }
    }
}
