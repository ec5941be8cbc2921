package dev.nla.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.config.Family;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.ModuleMatcher;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the reading and writing of adapter_config.json: peft's rules for names and scales, and refusals with their reason. */
class PeftConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void readsWhatPeftWrote() {
        for (String family : List.of("llama", "qwen2", "qwen3")) {
            PeftConfig config = PeftConfig.read(Fixtures.golden(family + "/adapter"));
            assertThat(config.spec()).isEqualTo(LoraSpec.of(4, 8, 0, Projection.of(Family.LLAMA)));
            assertThat(config.spec().scale(module(0, Projection.Q_PROJ))).isEqualTo(2.0);
            assertThat(config.baseModel()).isEmpty();
        }
    }

    @Test
    void writesKeysAndValuesThatPeftWrites() throws IOException {
        PeftConfig.read(Fixtures.golden("llama/adapter")).write(folder);
        JsonNode written = JSON.readTree(folder.resolve("adapter_config.json").toFile());
        JsonNode original = JSON.readTree(
                Fixtures.golden("llama/adapter/adapter_config.json").toFile());
        written.properties().forEach(entry -> {
            if (entry.getKey().equals("target_modules")) {
                assertThat(entry.getValue()).containsExactlyInAnyOrderElementsOf(original.get("target_modules"));
            } else {
                assertThat(original.get(entry.getKey())).as(entry.getKey()).isEqualTo(entry.getValue());
            }
        });
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("layers.1.self_attn.q_proj", 32);
        ranks.put("q_proj", 2);
        LoraSpec spec = new LoraSpec(
                16,
                32,
                0.05,
                true,
                Set.of(Projection.Q_PROJ, Projection.DOWN_PROJ),
                ranks,
                Map.of("down_proj", 1.5),
                Optional.of(List.of(0, 1, 7)));
        PeftConfig config = new PeftConfig(spec, Optional.of("HuggingFaceTB/SmolLM2-135M-Instruct"));
        config.write(folder);
        assertThat(PeftConfig.read(folder)).isEqualTo(config);
        assertThat(folder.resolve("adapter_config.json")).content().contains("\"lora_alpha\": 32,");
    }

    /** The expected keys come from peft's own get_pattern_key. */
    @ParameterizedTest
    @CsvSource({
        "q_proj, 0, Q_PROJ, 3",
        "q_proj, 0, K_PROJ, 8",
        "self_attn.q_proj, 5, Q_PROJ, 3",
        "attn.q_proj, 5, Q_PROJ, 8",
        "model.layers.5.self_attn.q_proj, 5, Q_PROJ, 3",
        "model.layers.5.self_attn.q_proj, 15, Q_PROJ, 8",
        "layers.5.self_attn.q_proj, 15, Q_PROJ, 8",
        "'layers\\.[0-4]\\..*proj', 4, UP_PROJ, 3",
        "'layers\\.[0-4]\\..*proj', 14, UP_PROJ, 8",
        "proj, 0, Q_PROJ, 8",
        "'.*_proj', 0, Q_PROJ, 3",
        "^model.layers.0.mlp.up_proj, 0, UP_PROJ, 3",
        "'q_proj|v_proj', 2, V_PROJ, 3",
    })
    void patternsMatchModuleNamesByPeftsRule(String key, int layer, Projection projection, int expected) {
        LoraSpec spec = new LoraSpec(
                8, 8, 0, false, EnumSet.allOf(Projection.class), Map.of(key, 3), Map.of(key, 5.0), Optional.empty());
        assertThat(spec.rank(module(layer, projection))).isEqualTo(expected);
        assertThat(spec.alpha(module(layer, projection))).isEqualTo(expected == 3 ? 5.0 : 8.0);
    }

    @Test
    void theFirstMatchingPatternCounts() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("q_proj", 2);
        ranks.put("layers.1.self_attn.q_proj", 32);
        LoraSpec spec = new LoraSpec(8, 8, 0, false, EnumSet.of(Projection.Q_PROJ), ranks, Map.of(), Optional.empty());
        assertThat(spec.rank(module(1, Projection.Q_PROJ))).isEqualTo(2);
    }

    @Test
    void rankStabilisedScaleDividesByTheRoot() {
        LoraSpec plain = LoraSpec.of(16, 32, 0, EnumSet.of(Projection.Q_PROJ));
        LoraSpec stable =
                new LoraSpec(16, 32, 0, true, EnumSet.of(Projection.Q_PROJ), Map.of(), Map.of(), Optional.empty());
        assertThat(plain.scale(module(0, Projection.Q_PROJ))).isCloseTo(2, within(1e-12));
        assertThat(stable.scale(module(0, Projection.Q_PROJ))).isCloseTo(8, within(1e-12));
    }

    @Test
    void namesTargetsInEverySpelling() throws IOException {
        assertThat(readWith("target_modules", "\"all-linear\"").targets()).hasSize(9);
        assertThat(readWith("target_modules", "[\"self_attn.q_proj\", \"v_proj\"]")
                        .targets())
                .containsExactly(Projection.Q_PROJ, Projection.V_PROJ);
        assertThat(readWith("exclude_modules", "[\"o_proj\", \"lm_head\"]").targets())
                .hasSize(6)
                .doesNotContain(Projection.O_PROJ);
        assertThat(readWith("layers_to_transform", "3").layers()).contains(List.of(3));
        LoraSpec some = readWith("layers_to_transform", "[4, 2]");
        assertThat(new ModuleMatcher(some.modules()).chooses(module(2, Projection.Q_PROJ)))
                .isTrue();
        assertThat(new ModuleMatcher(some.modules()).chooses(module(3, Projection.Q_PROJ)))
                .isFalse();
        assertThat(readWith("init_lora_weights", "\"gaussian\"").rank()).isEqualTo(4);
        assertThat(readWith("a_key_of_tomorrow", "null").rank()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use_dora|true|DoRA",
                "bias|'\"all\"'|none",
                "modules_to_save|'[\"embed_tokens\"]'|modules_to_save",
                "lora_bias|true|factor B",
                "layer_replication|'[[0,2],[1,3]]'|replicated",
                "peft_type|'\"IA3\"'|LORA",
                "peft_type|null|LORA",
                "target_parameters|'[\"x\"]'|parameters",
                "target_modules|'[\"q_proj\",\"lm_head\"]'|lm_head",
                "target_modules|'\".*(q_proj\"'|regular expression",
                "target_modules|'\"(a)\\\\1\"'|not read here",
                "exclude_modules|'\"[\"'|regular expression",
                "target_modules|'[]'|at least one name",
                "target_modules|null|at least one name",
                "target_modules|'[1]'|list of texts",
                "exclude_modules|'[\"x\"]'|names out of",
                "trainable_token_indices|'[1,2]'|token embeddings",
                "fan_in_fan_out|true|transposed",
                "init_lora_weights|'\"pissa_niter_4\"'|base weights",
                "layers_pattern|'[\"h\"]'|layers",
                "layers_to_transform|'[-1]'|from 0 on",
                "layers_to_transform|'\"0\"'|from 0 on",
                "r|0|from 1",
                "r|-4|from 1",
                "r|1000000|from 1",
                "r|null|missing",
                "lora_alpha|0|above 0",
                "lora_alpha|'\"8\"'|above 0",
                "lora_dropout|1.0|below 1",
                "lora_dropout|'\"a\"'|below 1",
                "rank_pattern|'{\"q_proj\": 0}'|ranks",
                "rank_pattern|'[1]'|mapping",
                "rank_pattern|'{\"(\": 2}'|regular expression",
                "alpha_pattern|'{\"q_proj\": -1}'|above 0",
                "use_rslora|1|true or false",
                "use_something_new|true|not known",
            })
    void whatWouldGiveOtherResultsIsRefusedWithItsReason(String key, String value, String reason) {
        assertThatThrownBy(() -> readWith(key, value))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("adapter_config.json", reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void targetsThatAModelDoesNotHaveAreLeftOutUnlessNoneRemains() {
        LoraSpec all = LoraSpec.of(4, 8, 0, EnumSet.allOf(Projection.class));
        assertThat(all.on(Family.MISTRAL).targets()).isEqualTo(Projection.of(Family.MISTRAL));
        assertThat(all.on(Family.PHI3).targets()).hasSize(4).contains(Projection.QKV_PROJ, Projection.GATE_UP_PROJ);
        LoraSpec separate = LoraSpec.of(4, 8, 0, Set.of(Projection.Q_PROJ, Projection.V_PROJ));
        assertThatThrownBy(() -> separate.on(Family.PHI3))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("q_proj, v_proj", "phi3", "qkv_proj");
    }

    @Test
    void aProjectionKnowsItsShape() {
        ModelConfig config = ModelConfig.read(Fixtures.golden("qwen3"));
        assertThat(Projection.Q_PROJ.outFeatures(config)).isEqualTo(96);
        assertThat(Projection.K_PROJ.outFeatures(config)).isEqualTo(48);
        assertThat(Projection.O_PROJ.inFeatures(config)).isEqualTo(96);
        assertThat(Projection.DOWN_PROJ.inFeatures(config)).isEqualTo(96);
        assertThat(Projection.DOWN_PROJ.outFeatures(config)).isEqualTo(48);
        ModelConfig phi3 = ModelConfig.read(Fixtures.golden("phi3"));
        assertThat(Projection.QKV_PROJ.outFeatures(phi3)).isEqualTo(96);
        assertThat(Projection.GATE_UP_PROJ.outFeatures(phi3)).isEqualTo(192);
        assertThat(Projection.GATE_PROJ.moduleName(config, 3)).isEqualTo("model.layers.3.mlp.gate_proj");
        assertThat(Projection.named("lm_head")).isEmpty();
    }

    private static String module(int layer, Projection projection) {
        return "model.layers." + layer + "." + projection.path();
    }

    private LoraSpec readWith(String key, String value) throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(
                Fixtures.golden("llama/adapter/adapter_config.json").toFile());
        config.set(key, JSON.readTree(value));
        Files.writeString(folder.resolve("adapter_config.json"), config.toString());
        return PeftConfig.read(folder).spec();
    }
}
