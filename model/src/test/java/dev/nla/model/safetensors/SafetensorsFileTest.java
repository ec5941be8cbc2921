package dev.nla.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects reading: golden files give their values, and a broken header is refused with a message that names the file and the fault. */
class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void readsFloatsIntegersAndMetadataOfAFileWrittenByPython() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("llama/golden.safetensors"))) {
            assertThat(file.names()).contains("input_ids", "attention_mask", "logits", "hidden_states");
            assertThat(file.info("hidden_states", 5, 3, 17, -1).dtype()).isEqualTo(DType.F32);
            assertThat(file.longs("attention_mask")).containsOnly(0, 1).hasSize(3 * 17);
            assertThat(file.finiteFloats("logits")).hasSize(3 * 17 * 320);
        }
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("llama/adapter/adapter_model.safetensors"))) {
            assertThat(file.metadata()).containsEntry("format", "pt");
        }
    }

    @Test
    void bfloat16IsTheRoundedFloat32OfTheSameModel() {
        String name = "model.embed_tokens.weight";
        try (SafetensorsFile wide = SafetensorsFile.open(Fixtures.golden("llama/model.safetensors"));
                SafetensorsFile narrow = SafetensorsFile.open(Fixtures.golden("llama/bf16/model.safetensors"))) {
            float[] expected = wide.floats(name);
            for (int i = 0; i < expected.length; i++) {
                expected[i] = HalfFloats.fromBf16(HalfFloats.toBf16(expected[i]));
            }
            assertThat(narrow.info(name).dtype()).isEqualTo(DType.BF16);
            assertThat(narrow.floats(name)).containsExactly(expected);
        }
    }

    @Test
    void readsARangeOfRows() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("gap/gap.safetensors"))) {
            String name = file.names().stream()
                    .filter(it ->
                            file.info(it).dtype() == DType.F32 && file.info(it).shape().length == 2)
                    .findFirst()
                    .orElseThrow();
            int columns = (int) file.info(name).shape()[1];
            float[] row = new float[columns];
            file.floats(name, 7L * columns, row);
            assertThat(row).containsExactly(Arrays.copyOfRange(file.floats(name), 7 * columns, 8 * columns));
            assertThatThrownBy(() -> file.floats(name, file.info(name).elements() - 1, row))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aWrongNameTypeOrShapeIsNamed() {
        Path path = Fixtures.golden("llama/golden.safetensors");
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertRefused(() -> file.info("logit"), "golden.safetensors", "'logit'", "logits");
            assertRefused(() -> file.floats("input_ids"), "input_ids", "I64 [3, 17]");
            assertRefused(() -> file.longs("logits"), "logits", "integers");
            assertRefused(() -> file.info("logits", 3, -1, 99), "F32 [3, 17, 320]", "[3, any, 99]");
        }
    }

    @Test
    void aClosedFileIsNotRead() {
        SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("llama/golden.safetensors"));
        file.close();
        assertThatThrownBy(() -> file.floats("logits")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void notANumberIsFoundWhereOnlyFiniteValuesAreAccepted() throws IOException {
        Path path = folder.resolve("nan.safetensors");
        SafetensorsWriter.write(
                path, Map.of(), List.of(TensorToWrite.floats("v", new long[] {3}, new float[] {1, Float.NaN, 2})));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertRefused(() -> file.finiteFloats("v"), "nan.safetensors", "'v'", "NaN at element 1");
        }
    }

    @Test
    void everyTruncationOfARealFileIsOneClearError() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.golden("llama/adapter/adapter_model.safetensors"));
        Path path = folder.resolve("cut.safetensors");
        for (int length : new int[] {0, 1, 7, 8, 9, 100, 2000, whole.length / 2, whole.length - 1}) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertRefused(() -> SafetensorsFile.open(path), "cut.safetensors", "not a whole safetensors file");
        }
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        assertRefused(() -> SafetensorsFile.open(folder.resolve("none.safetensors")), "none.safetensors", "no such");
        assertRefused(() -> SafetensorsFile.open(folder), folder.toString(), "folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                        | no JSON object",
                "{\"a\":                                                                   | not valid JSON",
                "{} {}                                                                     | not valid JSON",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}         | Duplicate field 'a'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}          | takes 12 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}         | only 8 bytes of data",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}         | shape of tensor a holds -2",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}        | shape of tensor a holds 2.5",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | holds 9999",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | absurd",
                "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}      | dtype 'F8_E4M3'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}          | data_offsets of tensor a",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}            | data_offsets of tensor a",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}            | shape of tensor a is 2",
                "{\"a\":5}                                                                 | dtype ''",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}          | 4 bytes follow",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}          | gap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}         | overlap",
                "{\"__metadata__\":{\"x\":1}}                                              | __metadata__.x is 1",
                "{\"__metadata__\":[]}                                                     | __metadata__ is no",
            })
    void aWrongHeaderIsRefusedWithItsFault(String json, String fault) throws IOException {
        Path path = folder.resolve("bad.safetensors");
        Files.write(path, file(json, 8));
        assertRefused(() -> SafetensorsFile.open(path), "bad.safetensors", fault);
    }

    @Test
    void aHeaderLengthBeyondTheFileOrNegativeIsRefused() throws IOException {
        Path path = folder.resolve("length.safetensors");
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100, 0, 1}) {
            Files.write(
                    path,
                    ByteBuffer.allocate(40)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertRefused(() -> SafetensorsFile.open(path), "length.safetensors", "header");
        }
    }

    static byte[] file(String json, int dataBytes) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }
}
