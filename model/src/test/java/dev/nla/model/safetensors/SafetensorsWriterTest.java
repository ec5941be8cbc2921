package dev.nla.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the writer: files equal to Python's byte for byte, and nothing published when a source fails or miscounts. */
class SafetensorsWriterTest {
    @TempDir
    Path folder;

    @Test
    void rewritingFilesFromPythonGivesTheSameBytes() throws IOException {
        for (String name : List.of(
                "llama/adapter/adapter_model.safetensors",
                "llama/golden.safetensors",
                "qwen2/bf16/model.safetensors",
                "gap/gap.safetensors")) {
            Path copy = folder.resolve("copy.safetensors");
            try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden(name))) {
                List<TensorToWrite> tensors = new ArrayList<>();
                for (String tensor : file.names()) {
                    TensorInfo info = file.info(tensor);
                    int bytes = (int) (info.end() - info.begin());
                    tensors.add(TensorToWrite.raw(tensor, info.dtype(), info.shape(), file.bytes(tensor, 0, bytes)));
                }
                Collections.reverse(tensors);
                SafetensorsWriter.write(copy, file.metadata(), tensors);
            }
            assertThat(copy).hasSameBinaryContentAs(Fixtures.golden(name));
        }
    }

    @Test
    void theHeaderIsPaddedToEightBytes() throws IOException {
        Path path = folder.resolve("padded.safetensors");
        for (String name : List.of("a", "ab", "abc", "abcd")) {
            SafetensorsWriter.write(
                    path, Map.of(), List.of(TensorToWrite.floats(name, new long[] {}, new float[] {1})));
            byte[] bytes = Files.readAllBytes(path);
            assertThat(bytes[0] % 8).isZero();
            assertThat(bytes).hasSize(8 + bytes[0] + 4);
        }
    }

    @Test
    void bfloat16IsRoundedToNearest() {
        Path path = folder.resolve("bf16.safetensors");
        float[] values = {1f, 1.00390625f, 1.01171875f, -3.1415927f, Float.POSITIVE_INFINITY, Float.NaN};
        SafetensorsWriter.write(path, Map.of(), List.of(TensorToWrite.bf16("v", new long[] {2, 3}, values)));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.info("v", 2, 3).dtype()).isEqualTo(DType.BF16);
            assertThat(file.floats("v"))
                    .containsExactly(1f, 1f, 1.015625f, -3.140625f, Float.POSITIVE_INFINITY, Float.NaN);
        }
    }

    @Test
    void aSourceThatGivesTooLittlePublishesNothing() {
        Path path = folder.resolve("short.safetensors");
        assertThatThrownBy(() -> SafetensorsWriter.write(
                        path,
                        Map.of(),
                        List.of(TensorToWrite.streamed(
                                "v", DType.F32, new long[] {3}, sink -> sink.write(new float[2])))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("v got 8 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeReadBackGetsNoName() throws IOException {
        Path path = folder.resolve("weights.safetensors");
        TensorToWrite whole = TensorToWrite.floats("v", new long[] {2}, new float[] {1, 2});
        SafetensorsWriter.write(path, Map.of(), List.of(whole));
        byte[] before = Files.readAllBytes(path);
        TensorToWrite cut = TensorToWrite.streamed("w", DType.F32, new long[] {2}, sink -> {
            sink.write(new float[2]);
            try (Stream<Path> files = Files.list(folder)) {
                Path temporary =
                        files.filter(file -> !file.equals(path)).findAny().orElseThrow();
                Files.write(temporary, new byte[0]);
            }
        });
        assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(cut)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(
                        "weights.safetensors: cannot be written: read back", "not a whole safetensors");
        assertThat(path).hasBinaryContent(before);
        assertThat(folder.toFile().list()).containsExactly("weights.safetensors");
    }

    @Test
    void twoTensorsOfOneNameAndWrongCountsAreBugs() {
        TensorToWrite one = TensorToWrite.floats("v", new long[] {1}, new float[1]);
        assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("x"), Map.of(), List.of(one, one)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TensorToWrite.floats("v", new long[] {2}, new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TensorToWrite.floats("v", new long[] {-1, -1}, new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TensorToWrite.floats("__metadata__", new long[] {1}, new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
