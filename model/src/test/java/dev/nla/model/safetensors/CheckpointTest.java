package dev.nla.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the reading of single-file and sharded checkpoints, and the messages for incomplete ones. */
class CheckpointTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeShards() {
        shard("model-00001-of-00002.safetensors", "a", 1f);
        shard("model-00002-of-00002.safetensors", "b", 2f);
    }

    @Test
    void opensASingleFile() {
        try (Checkpoint checkpoint = Checkpoint.open(Fixtures.golden("qwen3"))) {
            assertThat(checkpoint.names())
                    .contains("model.embed_tokens.weight", "model.layers.0.self_attn.q_norm.weight");
            assertThat(checkpoint.info("model.embed_tokens.weight", 320, 48).dtype())
                    .isEqualTo(DType.F32);
        }
    }

    @Test
    void findsEachTensorInItsShard() throws IOException {
        index("{\"a\": \"model-00001-of-00002.safetensors\", \"b\": \"model-00002-of-00002.safetensors\"}");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("a", "b");
            assertThat(checkpoint.fileOf("b").floats("b")).containsExactly(2f);
            assertThat(checkpoint.has("c")).isFalse();
            assertRefused(() -> checkpoint.info("c"), "index.json", "'c'");
        }
    }

    @Test
    void refusesWhatIsIncomplete() throws IOException {
        assertRefused(() -> Checkpoint.open(folder), "model.safetensors", "model.safetensors.index.json");
        index("{\"a\": \"model-00003-of-00002.safetensors\"}");
        assertRefused(() -> Checkpoint.open(folder), "model-00003-of-00002.safetensors", "no such file");
        index("{\"c\": \"model-00001-of-00002.safetensors\"}");
        assertRefused(() -> Checkpoint.open(folder), "index.json", "'c'", "model-00001-of-00002.safetensors");
        index("{\"a\": \"../model-00001-of-00002.safetensors\"}");
        assertRefused(() -> Checkpoint.open(folder), "index.json", "beside it");
        index("{}");
        assertRefused(() -> Checkpoint.open(folder), "index.json", "weight_map");
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{");
        assertRefused(() -> Checkpoint.open(folder), "index.json", "JSON");
    }

    @Test
    void pointsOutTheOldFormat() throws IOException {
        Files.writeString(folder.resolve("pytorch_model.bin"), "");
        assertRefused(() -> Checkpoint.open(folder), "pytorch_model.bin must be converted");
    }

    private void shard(String file, String tensor, float value) {
        SafetensorsWriter.write(
                folder.resolve(file),
                Map.of("format", "pt"),
                List.of(TensorToWrite.floats(tensor, new long[] {1}, new float[] {value})));
    }

    private void index(String weightMap) throws IOException {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"metadata\": {}, \"weight_map\": " + weightMap + "}");
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessageContainingAll(parts);
    }
}
