package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.model.decoder.BlockwiseDecoder.Asked;
import dev.nla.model.safetensors.DType;
import dev.nla.model.testing.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects reading with one block in memory at a time: it gives what the whole model gives, to the last digit, reads each block once for all
 * batches and none behind the one asked for; and what the whole model would take of memory is told as it is.
 */
class BlockwiseDecoderTest {
    private static final long[] PREFIX = {5, 60, 61};
    private static final List<long[]> ROWS =
            List.of(new long[] {7, 8, 21, 90, 4, 71, 30}, new long[] {9, 100, 3}, new long[] {44, 45, 11, 12});
    private static final Positions FEW = new Positions(new int[] {0, 2}, new int[] {6, 1});
    private static final Positions MANY = new Positions(new int[] {0, 0, 0, 1, 2, 2}, new int[] {0, 3, 6, 2, 0, 3});
    private static final List<Asked> ASKED = List.of(
            new Asked(TokenBatch.of(PREFIX, ROWS), FEW),
            new Asked(TokenBatch.of(PREFIX, ROWS), MANY),
            new Asked(TokenBatch.of(ROWS), MANY),
            new Asked(TokenBatch.of(ROWS.subList(0, 1)), new Positions(new int[] {0}, new int[] {5})));

    @TempDir
    private Path folder;

    static Stream<Arguments> familiesByType() {
        return Fixtures.families().stream()
                .flatMap(family -> Stream.of(ComputeType.values()).map(type -> Arguments.of(family, type)));
    }

    @ParameterizedTest
    @MethodSource("familiesByType")
    void givesWhatTheWholeModelGives(String family, ComputeType type) {
        Path model = Fixtures.golden(family);
        try (Decoder whole = Decoder.load(model, type);
                BlockwiseDecoder blockwise = BlockwiseDecoder.open(model, type, Device.cpu())) {
            // The second time blocks come back that were let go.
            for (int block :
                    new int[] {whole.config().layers() - 2, 0, whole.config().layers() - 1}) {
                List<Integer> read = new ArrayList<>();
                List<float[]> outputs = new ArrayList<>();
                blockwise.hidden(ASKED, block, read::add, each -> outputs.add(each.toFloatArray()));
                assertThat(outputs).hasSameSizeAs(ASKED);
                for (int k = 0; k < outputs.size(); k++) {
                    assertThat(outputs.get(k))
                            .as("batch %d, block %d", k, block)
                            .isEqualTo(hidden(whole, ASKED.get(k), block));
                }
                assertThat(read).hasSize(block + 1).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    /** The weights of blocks are some numbers, and what each type makes of them is known. */
    @ParameterizedTest
    @CsvSource({
        // in the file's type no more than what is needed: embedding, norm and two blocks
        "BFLOAT16, 1, 2, 2, 0",
        "BFLOAT16, 3, 2, 4, 0",
        // all is converted, the head too
        "FLOAT32, 1, 4, 4, 4",
        // blocks and head rounded, the embedding as it is in the file
        "INT8, 0, 2, 1, 1"
    })
    void tellsWhatTheWholeModelTakes(ComputeType type, int block, int embedding, double blocks, int head)
            throws Exception {
        Map<String, Integer> sizes = Map.of("num_hidden_layers", 4, "hidden_size", 64, "head_dim", 16);
        RandomCheckpoint.write(folder, DType.BF16, sizes, false);
        long vocabulary = 320 * 64;
        long each = 64 * 64 * 2 + 64 * 32 * 2 + 3 * 64 * 96;
        double perBlock = type == ComputeType.BFLOAT16 ? 2.0 * (block + 1) : 4 * blocks;
        double expected = vocabulary * (embedding + head) + each * perBlock;
        // norms are little
        assertThat((double) BlockwiseDecoder.wholeBytes(folder, type, block)).isBetween(expected, expected * 1.02);
    }

    @Test
    void saysWhatHiddenStatesTake() {
        try (BlockwiseDecoder blockwise =
                BlockwiseDecoder.open(Fixtures.golden("llama"), ComputeType.BFLOAT16, Device.cpu())) {
            assertThat(blockwise.bytes(TokenBatch.of(PREFIX, ROWS))).isEqualTo((3 + 3 * 7) * 48 * 2);
        }
    }

    private static float[] hidden(Decoder decoder, Asked asked, int block) {
        try (NDManager scope = decoder.manager().newSubManager()) {
            return decoder.hidden(scope, asked.batch(), decoder.noAdapter(), block, asked.at(), Mode.INFERENCE)
                    .toFloatArray();
        }
    }
}
