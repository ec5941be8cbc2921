package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.model.safetensors.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects what weights were rounded to and kept on disk: a model that is loaded from it computes the same to the last digit; of another
 * checkpoint, or broken, it is passed over and written anew; and small models leave nothing behind.
 */
class PackedCopyTest {
    private static final TokenBatch BATCH =
            TokenBatch.of(List.of(new long[] {7, 8, 21, 90, 4, 11}, new long[] {9, 100, 3}));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT8, SAME, true, .nla-int8.packed",
        "INT8, SAME, false, .nla-int8.packed",
        "INT4, SAME, true, .nla-int4.packed",
        "INT4, SAME, false, .nla-int4.packed",
        "FLOAT32, INT8, true, .nla-int8-training.packed",
        "BFLOAT16, INT4, false, .nla-int4.packed"
    })
    void whatIsLoadedFromItIsTheSame(ComputeType type, BaseType base, boolean tied, String file) throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), tied);
        float[] rounded = logits(type, base, Long.MAX_VALUE);
        assertThat(files()).doesNotContain(file);
        assertThat(logits(type, base, 0)).isEqualTo(rounded);
        assertThat(files()).contains(file);
        FileTime written = Files.getLastModifiedTime(folder.resolve(file));
        assertThat(logits(type, base, 0)).isEqualTo(rounded);
        assertThat(Files.getLastModifiedTime(folder.resolve(file)))
                .as("it is not written twice")
                .isEqualTo(written);
        // Only from the copy can come what is spoilt there.
        byte[] spoilt = Files.readAllBytes(folder.resolve(file));
        for (int i = spoilt.length / 2; i < spoilt.length; i++) {
            spoilt[i] ^= 1;
        }
        Files.write(folder.resolve(file), spoilt);
        assertThat(logits(type, base, 0)).isNotEqualTo(rounded);
    }

    @Test
    void theHeadThatTrainingDoesNotRoundIsRoundedBesideIt() throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true);
        float[] rounded = logits(ComputeType.INT4, BaseType.SAME, Long.MAX_VALUE);
        logits(ComputeType.FLOAT32, BaseType.INT4, 0);
        assertThat(files()).contains(".nla-int4.packed");
        assertThat(logits(ComputeType.INT4, BaseType.SAME, 0)).isEqualTo(rounded);
    }

    @Test
    void ofWeightsThatHaveChangedItIsWrittenAnew() throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true);
        float[] before = logits(ComputeType.INT4, BaseType.SAME, 0);
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true, i -> (i * 7 % 19 - 9) / 64.0);
        float[] after = logits(ComputeType.INT4, BaseType.SAME, Long.MAX_VALUE);
        assertThat(after).isNotEqualTo(before);
        assertThat(logits(ComputeType.INT4, BaseType.SAME, 0)).isEqualTo(after);
        assertThat(logits(ComputeType.INT4, BaseType.SAME, 0)).isEqualTo(after);
    }

    @Test
    void ofFilesThatWereTouchedItIsWrittenAnew() throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true);
        logits(ComputeType.INT8, BaseType.SAME, 0);
        Path copy = folder.resolve(".nla-int8.packed");
        byte[] before = Files.readAllBytes(copy);
        Files.setLastModifiedTime(
                folder.resolve("model.safetensors"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        logits(ComputeType.INT8, BaseType.SAME, 0);
        assertThat(Files.readAllBytes(copy)).hasSameSizeAs(before).isNotEqualTo(before);
    }

    @Test
    void brokenItIsWrittenAnew() throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true);
        float[] rounded = logits(ComputeType.INT4, BaseType.SAME, 0);
        Path copy = folder.resolve(".nla-int4.packed");
        byte[] whole = Files.readAllBytes(copy);
        for (byte[] broken : List.of(new byte[0], java.util.Arrays.copyOf(whole, whole.length - 64), new byte[80])) {
            Files.write(copy, broken);
            assertThat(logits(ComputeType.INT4, BaseType.SAME, 0)).isEqualTo(rounded);
            assertThat(Files.readAllBytes(copy)).isEqualTo(whole);
        }
    }

    @Test
    void modelsThatAreSoonRoundedLeaveNothingBehind() throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true);
        List<String> before = files();
        try (Decoder decoder = Decoder.load(folder, ComputeType.INT8)) {
            assertThat(decoder.notKept()).isEmpty();
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void readBlockByBlockItIsUsedToo() throws IOException {
        RandomCheckpoint.write(folder, DType.BF16, Map.of(), true);
        Positions at = new Positions(new int[] {0, 1}, new int[] {5, 2});
        try (Decoder whole = Decoder.load(folder, ComputeType.INT4, Device.cpu(), BaseType.SAME, 0);
                BlockwiseDecoder blockwise = BlockwiseDecoder.open(folder, ComputeType.INT4, Device.cpu());
                NDManager scope = whole.manager().newSubManager()) {
            float[] expected = whole.hidden(scope, BATCH, whole.noAdapter(), 2, at, Mode.INFERENCE)
                    .toFloatArray();
            blockwise.hidden(List.of(new BlockwiseDecoder.Asked(BATCH, at)), 2, block -> {}, outputs -> assertThat(
                            outputs.toFloatArray())
                    .isEqualTo(expected));
        }
    }

    private float[] logits(ComputeType type, BaseType base, long kept) {
        try (Decoder decoder = Decoder.load(folder, type, Device.cpu(), base, kept);
                NDManager scope = decoder.manager().newSubManager()) {
            assertThat(decoder.notKept()).isEmpty();
            return decoder.states(scope, BATCH, decoder.noAdapter()).logits().toFloatArray();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
