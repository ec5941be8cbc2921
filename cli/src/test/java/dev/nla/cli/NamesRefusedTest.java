package dev.nla.cli;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects that nothing in an adapter or a checkpoint is left out in silence: what an adapter's config, its tensors and the base model do not
 * agree on is one line that names it.
 */
class NamesRefusedTest {
    private static final Path GEMMA = Fixtures.golden("names/gemma3");
    private static final Path LLAMA = Fixtures.golden("llama");
    private static final Path FULL_NAMES = Fixtures.golden("names/llama/fullnames");
    private static final String FIRST = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

    @TempDir
    private Path folder;

    private Spoiled spoiled;

    @BeforeEach
    void spoil() {
        spoiled = new Spoiled(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "rank_pattern, model.layers.1.self_attn.q_proj",
        "alpha_pattern, model.layers.1.self_attn.q_proj",
        "alpha_pattern, q_prj",
        "alpha_pattern, layers.9.mlp.up_proj"
    })
    void aPatternThatMatchesNothing(String pattern, String key) throws IOException {
        Path adapter = config(FULL_NAMES, "\"" + pattern + "\": {}", "\"" + pattern + "\": {\"" + key + "\": 3}");
        for (Outcome outcome : List.of(check(LLAMA, adapter), Outcome.of("adapter", "inspect", adapter))) {
            Spoiled.refused(outcome, Spoiled.FAILED, "adapter_config.json", pattern, "'" + key + "'", "matches none");
        }
    }

    @Test
    void aPatternOfGemmaThatMatchesNothing() throws IOException {
        Path adapter = config(
                GEMMA.resolve("alpha_pattern"),
                "\"model.language_model.layers.1.self_attn.q_proj\"",
                "\"model.layers.7.self_attn.q_proj\"");
        Spoiled.refused(check(GEMMA, adapter), Spoiled.FAILED, "alpha_pattern", "model.layers.7.self_attn.q_proj");
    }

    @ParameterizedTest
    @CsvSource({
        "model.layers.2.mlp.up_proj, model.layers.3.mlp.up_proj",
        "model.layers.2.mlp.up_proj, layers.2.mlp.down_proj",
        "model.layers.2.mlp.up_proj, q_proj"
    })
    void aTensorWithoutATargetOrATargetWithoutATensor(String before, String after) throws IOException {
        Path adapter = config(FULL_NAMES, "\"" + before + "\"", "\"" + after + "\"");
        Spoiled.refused(
                check(LLAMA, adapter),
                Spoiled.FAILED,
                "adapter_model.safetensors",
                "model.layers.2.mlp.up_proj.lora_A.weight",
                "does not choose module");
        Path more = config(FULL_NAMES, "\"" + before + "\"", "\"" + before + "\", \"layers.1.self_attn.v_proj\"");
        Spoiled.refused(
                check(LLAMA, more),
                Spoiled.FAILED,
                "model.layers.1.self_attn.v_proj.lora_A.weight is missing",
                "incomplete");
    }

    @Test
    void halfAPairOfFactors() throws IOException {
        Path adapter = spoiled.copy(FULL_NAMES);
        rewrite(adapter.resolve("adapter_model.safetensors"), name -> name.equals(FIRST) ? "" : name);
        Spoiled.refused(check(LLAMA, adapter), Spoiled.FAILED, FIRST + " is missing");
    }

    @Test
    void anExclusionThatMatchesNothing() throws IOException {
        Path adapter = config(
                Fixtures.golden("names/llama/exclude_regex"),
                "\".*layers\\\\.0\\\\..*\"",
                "[\"layers.0.self_attn\", \"layers.0.self_attn.q_proj\", \"layers.0.self_attn.v_proj\", \"layers.9.mlp\"]");
        Spoiled.refused(check(LLAMA, adapter), Spoiled.FAILED, "exclude_modules", "layers.9.mlp", "matches no module");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a", "model\\\\\\\\.layers\\\\\\\\.(?P<n>0)(?P=n).*", "a**"})
    void aRegularExpressionThatIsNone(String pattern) throws IOException {
        Path adapter = spoiled.edited(
                Fixtures.golden("names/llama/regex"),
                "adapter_config.json",
                text -> text.replaceFirst("\"target_modules\": \"[^\"]*\"", "\"target_modules\": \"" + pattern + "\""));
        Spoiled.refused(
                check(LLAMA, adapter), Spoiled.FAILED, "adapter_config.json", "target_modules", "regular expression");
    }

    @Test
    void aCheckpointWithoutTheHeadThatLogitsNeed() throws IOException {
        Path qwen = Fixtures.golden("qwen2");
        Path model = spoiled.copy(qwen);
        rewrite(model.resolve("model.safetensors"), name -> name.startsWith("lm_head") ? "" : name);
        Outcome outcome = Outcome.of(
                "model",
                "check",
                "--model",
                model,
                "--adapter",
                qwen.resolve("adapter"),
                "--golden",
                qwen.resolve("injected.safetensors"));
        Spoiled.refused(outcome, Spoiled.FAILED, "lm_head.weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {".base_layer.weight", ".lora_A.default.weight"})
    void anAdapterThatWasNotMerged(String end) throws IOException {
        Path model = spoiled.copy(LLAMA);
        rewrite(model.resolve("model.safetensors"), name -> name.replaceFirst("q_proj\\.weight$", "q_proj" + end));
        Spoiled.refused(
                Outcome.of("model", "check", "--model", model, "--golden", LLAMA.resolve("golden.safetensors")),
                Spoiled.FAILED,
                end,
                "merge_and_unload");
    }

    @Test
    void twoNamesOfOneWeight() throws IOException {
        Path model = spoiled.copy(LLAMA);
        rewrite(
                model.resolve("model.safetensors"),
                name -> name.equals("model.norm.weight") ? "module.model.layers.0.input_layernorm.weight" : name);
        Spoiled.refused(
                Outcome.of("model", "check", "--model", model, "--golden", LLAMA.resolve("golden.safetensors")),
                Spoiled.FAILED,
                "module.model.layers.0.input_layernorm.weight",
                "are the same weight");
    }

    /** The adapter changes the tower that sees pictures too; a merge without it would be half a merge. */
    @Test
    void aMergeThatWouldLeaveATowerUnmerged() {
        Path merged = folder.resolve("merged");
        Outcome outcome =
                Outcome.of("adapter", "merge", GEMMA.resolve("alpha_pattern"), "--model", GEMMA, "--output", merged);
        Spoiled.refused(outcome, Spoiled.FAILED, "vision_tower.encoder.layers.0.self_attn", "merge_and_unload");
        assertThat(merged).doesNotExist();
    }

    private static Outcome check(Path model, Path adapter) {
        return Outcome.of(
                "model",
                "check",
                "--model",
                model,
                "--adapter",
                adapter,
                "--golden",
                FULL_NAMES.resolve("golden.safetensors"));
    }

    private Path config(Path adapter, String before, String after) throws IOException {
        return spoiled.edited(adapter, "adapter_config.json", text -> text.replace(before, after));
    }

    /** Renames a file's tensors; those without a name are left out. */
    private static void rewrite(Path path, UnaryOperator<String> name) throws IOException {
        Path old = Files.move(path, path.resolveSibling("old"));
        try (SafetensorsFile file = SafetensorsFile.open(old)) {
            List<TensorToWrite> tensors = file.names().stream()
                    .filter(it -> !name.apply(it).isEmpty())
                    .map(it ->
                            TensorToWrite.floats(name.apply(it), file.info(it).shape(), file.floats(it)))
                    .toList();
            SafetensorsWriter.write(path, Map.of("format", "pt"), tensors);
        }
        Files.delete(old);
    }
}
