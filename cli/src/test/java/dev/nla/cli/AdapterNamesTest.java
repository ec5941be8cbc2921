package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects adapters and checkpoints that call their modules otherwise than this program does: each computes, to 1e-6, what transformers and
 * peft compute with it. Golden values are by {@code scripts/adapter_names.py}.
 */
class AdapterNamesTest {
    private static final Path GEMMA = Fixtures.golden("names/gemma3");
    private static final Path LLAMA = Fixtures.golden("llama");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"adapter", "alpha_pattern", "rank_pattern", "before_4_52"})
    void gemmaThatSeesPictures(String adapter) {
        agrees(GEMMA, GEMMA.resolve(adapter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eva", "fullnames", "suffix", "regex", "exclude_regex", "mica"})
    void targetsOfEveryForm(String adapter) {
        agrees(LLAMA, Fixtures.golden("names/llama").resolve(adapter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eva | model.layers.0.self_attn.q_proj",
                "fullnames | model.layers.2.mlp.up_proj model.layers.0.self_attn.q_proj",
                "suffix | layers.1.self_attn.q_proj self_attn.v_proj",
                "regex | model\\.layers\\.[01]\\.self_attn\\.(q|v)_proj",
                "exclude_regex | .*layers\\.0\\..*",
                "mica | q_proj v_proj"
            })
    void inspectShowsTargetsAsTheyAreWritten(String adapter, String shown) {
        Outcome outcome =
                Outcome.of("adapter", "inspect", Fixtures.golden("names/llama").resolve(adapter));
        succeeded(outcome);
        assertThat(outcome.out()).contains(shown);
    }

    @Test
    void mergedGemmaHasTheWeightsOfPeft() {
        Path merged = folder.resolve("merged");
        succeeded(Outcome.of("adapter", "merge", GEMMA.resolve("adapter"), "--model", GEMMA, "--output", merged));
        try (SafetensorsFile expected = SafetensorsFile.open(GEMMA.resolve("adapter/merged.safetensors"));
                SafetensorsFile base = SafetensorsFile.open(GEMMA.resolve("model.safetensors"));
                SafetensorsFile written = SafetensorsFile.open(merged.resolve("model.safetensors"))) {
            assertThat(written.names()).containsExactlyElementsOf(base.names());
            for (String name : expected.names()) {
                assertClose(name, written.floats(name), expected.floats(name));
            }
            for (String name : base.names()) {
                if (!name.contains("_proj.weight") || name.contains("vision_tower")) {
                    assertThat(written.floats(name)).as(name).isEqualTo(base.floats(name));
                } else {
                    assertThat(written.floats(name)).as(name).isNotEqualTo(base.floats(name));
                }
            }
        }
        succeeded(Outcome.of(
                "model",
                "check",
                "--model",
                merged,
                "--golden",
                GEMMA.resolve("adapter/golden.safetensors"),
                "--tolerance",
                "1e-6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"language_model.model.", "model.language_model.", "language_model."})
    void gemmaUnderEveryNameSpace(String prefix) throws IOException {
        Path model = renamed(GEMMA, name -> {
            String inner = name.replaceFirst("^language_model\\.model\\.", prefix);
            return prefix.startsWith("model.") && inner.equals(name) ? "model." + name : inner;
        });
        agrees(model, GEMMA.resolve("alpha_pattern"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module.model.", "_orig_mod.model.", "model._fsdp_wrapped_module."})
    void aTextModelWithoutItsPrefixOrInWrappers(String prefix) throws IOException {
        Path model = renamed(LLAMA, name -> name.replaceFirst("^model\\.", prefix));
        agrees(model, Fixtures.golden("names/llama/eva"));
    }

    /** Qwen3's embedding models are published so: no {@code model.} and no head, though the head is not the embedding. */
    @Test
    void activationsOfACheckpointWithoutAHead() throws IOException {
        Path qwen = Fixtures.golden("qwen2");
        Path model = renamed(qwen, name -> name.startsWith("lm_head") ? "" : name.replaceFirst("^model\\.", ""));
        Outcome outcome =
                Outcome.of("model", "check", "--model", model, "--golden", qwen.resolve("golden.safetensors"));
        succeeded(outcome);
        assertThat(outcome.out()).contains("hidden_states").doesNotContain("logits");
    }

    private static void agrees(Path model, Path adapter) {
        succeeded(Outcome.of(
                "model",
                "check",
                "--model",
                model,
                "--adapter",
                adapter,
                "--golden",
                adapter.resolve("golden.safetensors"),
                "--tolerance",
                "1e-6"));
    }

    private static void assertClose(String name, float[] written, float[] expected) {
        assertThat(written).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(written[i]).as(name).isCloseTo(expected[i], Offset.offset(1e-6f));
        }
    }

    /** A copy of a model whose tensors have other names; those without one are left out. */
    private Path renamed(Path model, UnaryOperator<String> name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("renamed"));
        Files.copy(model.resolve("config.json"), copy.resolve("config.json"));
        try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
            List<TensorToWrite> tensors = file.names().stream()
                    .filter(it -> !name.apply(it).isEmpty())
                    .map(it ->
                            TensorToWrite.floats(name.apply(it), file.info(it).shape(), file.floats(it)))
                    .toList();
            SafetensorsWriter.write(copy.resolve("model.safetensors"), Map.of("format", "pt"), tensors);
        }
        return copy;
    }
}
