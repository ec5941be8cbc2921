package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects Gemma 3 saved with its vision tower: the text model inside computes what it computes alone, adapters have peft's names. */
class MultimodalTest {
    private static final Path TEXT_MODEL = Fixtures.golden("gemma3_text");
    private static final List<long[]> ROWS =
            List.of(new long[] {5, 60, 61, 7, 8, 21, 90, 4}, new long[] {9, 100, 3, 5, 6, 7, 31, 2});

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode config = json.createObjectNode().put("model_type", "gemma3");
        config.set(
                "text_config", json.readTree(TEXT_MODEL.resolve("config.json").toFile()));
        config.putObject("vision_config").put("model_type", "siglip_vision_model");
        json.writeValue(folder.resolve("config.json").toFile(), config);
        copy(
                TEXT_MODEL.resolve("model.safetensors"),
                folder.resolve("model.safetensors"),
                name -> "language_" + name.replaceFirst("^model", "model.model"),
                "vision_tower.post_layernorm.weight");
        Path adapter = Files.createDirectory(folder.resolve("adapter"));
        Files.copy(TEXT_MODEL.resolve("adapter/adapter_config.json"), adapter.resolve("adapter_config.json"));
        copy(
                TEXT_MODEL.resolve("adapter").resolve(PeftFolder.WEIGHTS),
                adapter.resolve(PeftFolder.WEIGHTS),
                MultimodalTest::adapted,
                "base_model.model.model.vision_tower.encoder.layers.0.self_attn.q_proj.lora_A.weight");
    }

    @Test
    void theTextModelComputesWhatItComputesAlone() {
        assertThat(logits(folder)).containsExactly(logits(TEXT_MODEL));
    }

    @Test
    void anAdapterIsWrittenUnderTheNamesOfTheWholeModel() throws IOException {
        Path written = Files.createDirectory(folder.resolve("written"));
        try (Decoder decoder = Decoder.load(folder, ComputeType.FLOAT32);
                LoraAdapter adapter = PeftFolder.read(folder.resolve("adapter"), decoder.manager(), decoder.config())) {
            PeftFolder.write(written, adapter, "base", DType.F32);
        }
        try (SafetensorsFile text =
                        SafetensorsFile.open(TEXT_MODEL.resolve("adapter").resolve(PeftFolder.WEIGHTS));
                SafetensorsFile whole = SafetensorsFile.open(written.resolve(PeftFolder.WEIGHTS))) {
            assertThat(whole.names())
                    .containsExactlyInAnyOrderElementsOf(
                            text.names().stream().map(MultimodalTest::adapted).toList());
        }
    }

    @Test
    void aTensorOfTheTextModelThatHasNoPlaceIsRefused() {
        copy(
                TEXT_MODEL.resolve("model.safetensors"),
                folder.resolve("model.safetensors"),
                name -> "language_" + name.replaceFirst("^model", "model.model"),
                "language_model.model.layers.4.input_layernorm.weight");
        assertThatThrownBy(() -> Decoder.load(folder, ComputeType.FLOAT32))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("layers.4.input_layernorm");
    }

    private static String adapted(String name) {
        return name.replace("model.model.layers", "model.model.language_model.layers");
    }

    private static void copy(Path from, Path to, UnaryOperator<String> renamed, String extra) {
        List<TensorToWrite> tensors = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(from)) {
            for (String name : file.names()) {
                tensors.add(TensorToWrite.floats(
                        renamed.apply(name), file.info(name).shape(), file.floats(name)));
            }
        }
        tensors.add(TensorToWrite.floats(extra, new long[] {2}, new float[] {1, 2}));
        SafetensorsWriter.write(to, Map.of("format", "pt"), tensors);
    }

    private static float[] logits(Path model) {
        try (Decoder decoder = Decoder.load(model, ComputeType.FLOAT32);
                LoraAdapter adapter = PeftFolder.read(model.resolve("adapter"), decoder.manager(), decoder.config());
                NDManager scope = decoder.manager().newSubManager()) {
            return decoder.states(scope, TokenBatch.of(ROWS), adapter).logits().toFloatArray();
        }
    }
}
