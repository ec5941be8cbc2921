package dev.nla.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.files.Document;
import dev.nla.model.safetensors.Checkpoint;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects merged checkpoints: they compute alone what base and adapter compute together, of whatever family, type and number of files,
 * and bring along what a model folder needs and nothing that would be wrong.
 */
class MergedCheckpointTest {
    private static final long[] TOKENS = {5, 17, 200, 44, 9, 3, 120};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void computesAloneWhatBothComputeTogether(String family) {
        Path base = Fixtures.golden(family);
        Path merged = folder.resolve("merged");
        MergedCheckpoint.write(base, base.resolve("adapter"), Optional.empty(), merged);
        assertThat(logits(merged, Optional.empty()))
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(logits(base, Optional.of(base.resolve("adapter"))));
    }

    @Test
    void keepsShardsAndTheirIndex() throws IOException {
        Path base = inTwoShards(Fixtures.golden("qwen2"));
        Path merged = folder.resolve("merged");
        MergedCheckpoint.write(base, Fixtures.golden("qwen2/adapter"), Optional.empty(), merged);
        assertThat(names(merged)).containsExactlyInAnyOrderElementsOf(names(base));
        assertThat(Document.json(merged.resolve("model.safetensors.index.json")).tree())
                .isEqualTo(Document.json(base.resolve("model.safetensors.index.json"))
                        .tree());
        assertThat(logits(merged, Optional.empty()))
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(logits(Fixtures.golden("qwen2"), Optional.of(Fixtures.golden("qwen2/adapter"))));
    }

    @Test
    void keepsTypesUnlessAskedForAnother() {
        Path base = Fixtures.golden("llama/bf16");
        MergedCheckpoint.write(base, Fixtures.golden("llama/adapter"), Optional.empty(), folder.resolve("same"));
        MergedCheckpoint.write(base, Fixtures.golden("llama/adapter"), Optional.of(DType.F32), folder.resolve("wide"));
        String weight = "model.layers.0.mlp.up_proj.weight";
        try (Checkpoint same = Checkpoint.open(folder.resolve("same"));
                Checkpoint wide = Checkpoint.open(folder.resolve("wide"))) {
            assertThat(same.has("lm_head.weight")).as("the head is tied").isFalse();
            assertThat(same.info(weight).dtype()).isEqualTo(DType.BF16);
            assertThat(wide.info(weight).dtype()).isEqualTo(DType.F32);
            float[] rounded = same.fileOf(weight).floats(weight);
            float[] exact = wide.fileOf(weight).floats(weight);
            for (int i = 0; i < exact.length; i++) {
                assertThat(rounded[i]).isCloseTo(exact[i], Offset.offset(Math.abs(exact[i]) * 0x1p-8f));
            }
        }
        assertThat(Document.json(folder.resolve("same/config.json")).text("dtype"))
                .contains("bfloat16");
        assertThat(Document.json(folder.resolve("wide/config.json")).text("dtype"))
                .contains("float32");
    }

    @Test
    void bringsTokenizerAndSidecarButNoOtherWeights() throws IOException {
        Path base = copy(Fixtures.golden("llama"), "base");
        Files.deleteIfExists(base.resolve("golden.safetensors"));
        for (String name : List.of(
                "tokenizer.json",
                "tokenizer_config.json",
                "chat_template.jinja",
                "LICENSE",
                "README.md",
                "pytorch_model.bin",
                "model.gguf")) {
            Files.writeString(base.resolve(name), name);
        }
        Path adapter = copy(Fixtures.golden("llama/adapter"), "adapter");
        Files.writeString(adapter.resolve("nla_meta.yaml"), "kind: nla_model\n");
        Files.writeString(adapter.resolve("claims.json"), "{}");
        MergedCheckpoint.write(base, adapter, Optional.empty(), folder.resolve("merged"));
        assertThat(names(folder.resolve("merged")))
                .containsExactlyInAnyOrder(
                        "LICENSE",
                        "chat_template.jinja",
                        "claims.json",
                        "config.json",
                        "generation_config.json",
                        "injected.json",
                        "model.safetensors",
                        "nla_meta.yaml",
                        "tokenizer.json",
                        "tokenizer_config.json");
    }

    @Test
    void refusesAnAdapterOfAnotherModelAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> MergedCheckpoint.write(
                        Fixtures.golden("qwen3"),
                        Fixtures.golden("llama/adapter"),
                        Optional.empty(),
                        folder.resolve("merged")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("adapter_model.safetensors")
                .hasMessageContaining("another model");
        Path broken = copy(Fixtures.golden("llama"), "broken");
        byte[] weights = Files.readAllBytes(broken.resolve("model.safetensors"));
        Files.write(broken.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));
        assertThatThrownBy(() -> MergedCheckpoint.write(
                        broken, Fixtures.golden("llama/adapter"), Optional.empty(), folder.resolve("merged")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model.safetensors");
        assertThat(names(folder)).containsExactly("broken");
    }

    @Test
    void doesNotWriteOverAnything() throws IOException {
        Path there = copy(Fixtures.golden("llama/adapter"), "there");
        assertThatThrownBy(() -> MergedCheckpoint.write(
                        Fixtures.golden("llama"), Fixtures.golden("llama/adapter"), Optional.empty(), there))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not empty");
    }

    private static float[] logits(Path model, Optional<Path> adapter) {
        try (Decoder decoder = Decoder.load(model, ComputeType.FLOAT32);
                NDManager scope = decoder.manager().newSubManager();
                LoraAdapter used = adapter.map(it -> PeftFolder.read(it, decoder.manager(), decoder.config()))
                        .orElseGet(() -> LoraAdapter.none(decoder.manager(), decoder.config()))) {
            return decoder.states(scope, TokenBatch.of(List.of(TOKENS)), used)
                    .logits()
                    .toFloatArray();
        }
    }

    private Path inTwoShards(Path model) throws IOException {
        Path base = Files.createDirectories(folder.resolve("shards"));
        Files.copy(model.resolve("config.json"), base.resolve("config.json"));
        StringBuilder map = new StringBuilder();
        long bytes = 0;
        try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
            List<String> all = List.copyOf(file.names());
            for (int shard = 0; shard < 2; shard++) {
                String name = "model-0000" + (shard + 1) + "-of-00002.safetensors";
                List<TensorToWrite> tensors = new ArrayList<>();
                for (int i = shard; i < all.size(); i += 2) {
                    TensorInfo info = file.info(all.get(i));
                    tensors.add(TensorToWrite.floats(all.get(i), info.shape(), file.floats(all.get(i))));
                    map.append(map.isEmpty() ? "" : ",").append("\"%s\":\"%s\"".formatted(all.get(i), name));
                    bytes += info.end() - info.begin();
                }
                SafetensorsWriter.write(base.resolve(name), Map.of("format", "pt"), tensors);
            }
        }
        Files.writeString(
                base.resolve("model.safetensors.index.json"),
                "{\"metadata\":{\"total_size\":%d},\"weight_map\":{%s}}".formatted(bytes, map));
        return base;
    }

    private Path copy(Path original, String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
