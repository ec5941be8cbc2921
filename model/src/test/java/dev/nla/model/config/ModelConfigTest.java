package dev.nla.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the reading of config.json: every supported spelling, and a refusal by key and value of all that is not computed. */
class ModelConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void readsTheThreeFamilies() {
        ModelConfig llama = ModelConfig.read(Fixtures.golden("llama"));
        assertThat(llama.family()).isEqualTo(Family.LLAMA);
        assertThat(rope(llama)).isEqualTo(new DefaultRope(100_000));
        assertThat(llama.tiedHead()).isTrue();
        assertThat(llama.qkvBias()).isFalse();
        assertThat(llama.headDim()).isEqualTo(12);
        assertThat(llama.queryWidth()).isEqualTo(48);
        assertThat(llama.keyValueWidth()).isEqualTo(24);
        assertThat(llama.eosIds()).containsExactly(2L);
        assertThat(llama.padId()).hasValue(0);

        ModelConfig qwen2 = ModelConfig.read(Fixtures.golden("qwen2"));
        assertThat(qwen2.qkvBias()).isTrue();
        assertThat(qwen2.outputBias()).isFalse();
        assertThat(qwen2.tiedHead()).isFalse();
        assertThat(qwen2.rmsEps()).isEqualTo(1e-6f);

        ModelConfig qwen3 = ModelConfig.read(Fixtures.golden("qwen3"));
        assertThat(qwen3.qkvBias()).isFalse();
        assertThat(qwen3.headDim()).isEqualTo(24);
        assertThat(qwen3.queryWidth()).isEqualTo(96);
    }

    @Test
    void readsWindowsAndRotationsOfEachBlock() {
        ModelConfig mistral = ModelConfig.read(Fixtures.golden("mistral"));
        assertThat(mistral.attention()).hasSize(4).containsOnly(new Attention(new DefaultRope(10_000), 7));
        assertThat(mistral.headDim()).isEqualTo(20);

        ModelConfig phi3 = ModelConfig.read(Fixtures.golden("phi3"));
        assertThat(phi3.attention()).containsOnly(new Attention(new DefaultRope(10_000), 6));
        assertThat(phi3.headDim()).isEqualTo(12);
        assertThat(phi3.rotaryDim()).isEqualTo(6);
        assertThat(phi3.tiedHead()).isFalse();

        ModelConfig gemma = ModelConfig.read(Fixtures.golden("gemma3_text"));
        Attention sliding = new Attention(new DefaultRope(10_000), 5);
        Attention full = new Attention(new LinearRope(1_000_000, 2), 0);
        assertThat(gemma.attention()).containsExactly(sliding, sliding, full, sliding);
        assertThat(gemma.attentionKinds()).containsExactly(sliding, full);
        assertThat(gemma.attentionScale()).isEqualTo(1 / Math.sqrt(24));
        assertThat(gemma.tiedHead()).isTrue();
    }

    /** As the checkpoints of Gemma 3 4B were published: most keys are missing, the text model's stand in a group. */
    @Test
    void readsGemmaAsItWasPublished() throws IOException {
        ObjectNode whole = (ObjectNode) JSON.readTree("{\"model_type\": \"gemma3\", \"eos_token_id\": [1, 106],"
                + " \"vision_config\": {\"model_type\": \"siglip_vision_model\"}, \"text_config\": {"
                + " \"model_type\": \"gemma3_text\", \"hidden_size\": 2560, \"intermediate_size\": 10240,"
                + " \"num_hidden_layers\": 34, \"sliding_window\": 1024,"
                + " \"rope_scaling\": {\"factor\": 8.0, \"rope_type\": \"linear\"}}}");
        ModelConfig gemma = read(whole);
        assertThat(gemma.multimodal()).isTrue();
        assertThat(gemma.family()).isEqualTo(Family.GEMMA3);
        assertThat(gemma.vocabularySize()).isEqualTo(262_208);
        assertThat(gemma.queryWidth()).isEqualTo(2048);
        assertThat(gemma.keyValueWidth()).isEqualTo(1024);
        assertThat(gemma.attentionScale()).isEqualTo(1 / 16.0);
        assertThat(gemma.maxPositions()).isEqualTo(131_072);
        assertThat(gemma.eosIds()).containsExactly(1L, 106L);
        assertThat(gemma.attention().subList(0, 6))
                .containsExactly(
                        new Attention(new DefaultRope(10_000), 1024),
                        new Attention(new DefaultRope(10_000), 1024),
                        new Attention(new DefaultRope(10_000), 1024),
                        new Attention(new DefaultRope(10_000), 1024),
                        new Attention(new DefaultRope(10_000), 1024),
                        new Attention(new LinearRope(1_000_000, 8), 0));
        whole.put("tie_word_embeddings", false);
        assertThatThrownBy(() -> read(whole)).hasMessageContaining("tie_word_embeddings");
        whole.remove("text_config");
        assertThatThrownBy(() -> read(whole)).hasMessageContainingAll("text_config", "missing");
    }

    @Test
    void oldSpellingsOfTheNewerFamiliesAreRead() throws IOException {
        ObjectNode gemma = minimal("gemma3_text")
                .put("sliding_window_pattern", 2)
                .put("rope_theta", 500_000)
                .put("rope_local_base_freq", 20_000);
        assertThat(read(gemma).attention())
                .startsWith(new Attention(new DefaultRope(20_000), 4096), new Attention(new DefaultRope(500_000), 0));
        ObjectNode phi3 = minimal("phi3").put("partial_rotary_factor", 0.5).put("sliding_window", 2047);
        phi3.putObject("auto_map").put("AutoModelForCausalLM", "modeling_phi3.Phi3ForCausalLM");
        assertThat(read(phi3).rotaryDim()).isEqualTo(6);
        assertThat(read(phi3).rmsEps()).isEqualTo(1e-5f);
        assertThat(read(phi3).attentionKinds()).containsExactly(new Attention(new DefaultRope(10_000), 2047));
        assertThat(read(minimal("phi3")).attentionKinds()).containsExactly(new Attention(new DefaultRope(10_000), 0));
        ObjectNode mistral = minimal("mistral").put("num_attention_heads", 8);
        assertThat(read(mistral).attention().get(0).window()).isEqualTo(4096);
        assertThat(read(mistral.putNull("sliding_window")).attention().get(0).window())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phi3|rope_scaling|'{\"type\": \"longrope\", \"short_factor\": [1], \"long_factor\": [1]}'|LongRoPE",
                "phi3|rope_scaling|'{\"type\": \"su\"}'|LongRoPE",
                "phi3|partial_rotary_factor|0.6|even number of dimensions",
                "phi3|auto_map|'{\"AutoModel\": \"modeling_phi4mm.X\"}'|custom code",
                "phi3|sliding_window|0|whole number from 1",
                "phi3|sliding_window|'\"all\"'|whole number from 1",
                "phi3|layer_types|'[\"sliding_attention\"]'|only full_attention",
                "mistral|auto_map|'{\"AutoModel\": \"modeling_mistral.X\"}'|custom code",
                "mistral|hidden_act|'\"gelu\"'|silu",
                "mistral|partial_rotary_factor|0.5|only phi3",
                "gemma3_text|hidden_activation|'\"silu\"'|gelu_pytorch_tanh",
                "gemma3_text|use_bidirectional_attention|true|earlier tokens",
                "gemma3_text|attn_logit_softcapping|50.0|soft-capping",
                "gemma3_text|final_logit_softcapping|30.0|soft-capping",
                "gemma3_text|layer_types|'[\"full_attention\"]'|each of the 4 layers",
                "gemma3_text|layer_types|'[\"chunked_attention\",\"a\",\"b\",\"c\"]'|full_attention or sliding_attention",
                "gemma3_text|rope_parameters|'{\"rope_type\": \"default\"}'|one for sliding_attention",
                "gemma3_text|rope_scaling|'{\"rope_type\": \"yarn\"}'|default, linear or llama3",
                "gemma3_text|query_pre_attn_scalar|0|number above 0",
            })
    void whatANewerFamilyDoesNotComputeIsRefused(String family, String key, String value, String expectation)
            throws IOException {
        assertRefused(family, key, value, expectation);
    }

    @Test
    @Tag("real")
    void readsSmolLm2() {
        ModelConfig config = ModelConfig.read(Fixtures.smollm2());
        assertThat(config.layers()).isEqualTo(30);
        assertThat(config.hiddenSize()).isEqualTo(576);
        assertThat(config.rmsEps()).isEqualTo(1e-5f);
    }

    @Test
    void missingKeysHaveTransformersDefaults() {
        ModelConfig llama = read(minimal("llama"));
        assertThat(llama.keyValueHeads()).isEqualTo(4);
        assertThat(llama.headDim()).isEqualTo(12);
        assertThat(llama.rmsEps()).isEqualTo(1e-6f);
        assertThat(rope(llama)).isEqualTo(new DefaultRope(10_000));
        assertThat(llama.tiedHead()).isFalse();
        assertThat(llama.maxPositions()).isEqualTo(2048);
        assertThat(llama.eosIds()).isEmpty();
        assertThat(llama.padId()).isEmpty();
        assertThat(read(minimal("qwen3")).headDim()).isEqualTo(128);
    }

    @Test
    void biasesFollowTheFamily() {
        ObjectNode biased = minimal("llama").put("attention_bias", true).put("mlp_bias", true);
        assertThat(read(biased))
                .matches(ModelConfig::qkvBias)
                .matches(ModelConfig::outputBias)
                .matches(ModelConfig::mlpBias);
        ModelConfig qwen3 = read(minimal("qwen3").put("attention_bias", true));
        assertThat(qwen3.qkvBias() && qwen3.outputBias() && !qwen3.mlpBias()).isTrue();
    }

    @Test
    void oldAndNewRopeSpellingsMeanTheSame() throws IOException {
        String scaling = "\"factor\": 32.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                + " \"original_max_position_embeddings\": 8192";
        Rope expected = new Llama3Rope(500_000, 32, 1, 4, 8192);
        assertThat(rope("{\"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 500000, " + scaling + "}}"))
                .isEqualTo(expected);
        assertThat(rope("{\"rope_theta\": 500000.0, \"rope_scaling\": {\"rope_type\": \"llama3\", " + scaling + "}}"))
                .isEqualTo(expected);
        assertThat(rope("{\"rope_theta\": 1000000, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.0}}"))
                .isEqualTo(new LinearRope(1_000_000, 2));
        assertThat(rope("{\"rope_theta\": 1000000, \"rope_scaling\": null}")).isEqualTo(new DefaultRope(1_000_000));
    }

    @Test
    void frequenciesAreThoseOfTransformers() {
        assertThat(new DefaultRope(100_000).inverseFrequencies(64))
                .hasSize(32)
                .satisfies(f -> assertClose(f, 1, 0.6978305578231812, 0.486967533826828))
                .satisfies(f -> assertThat((double) f[31]).isCloseTo(1.4330126759887207e-05, relative(1.4e-5)));
        assertClose(new LinearRope(10_000, 4).inverseFrequencies(64), 0.25, 0.18747355043888092, 0.14058533310890198);
        float[] llama3 = new Llama3Rope(500_000, 32, 1, 4, 8192).inverseFrequencies(64);
        assertClose(llama3, 1.0, 0.663601279258728, 0.44036662578582764);
        double[] blended = {0.0032114461064338684, 0.0012905480107292533, 0.000429556705057621, 9.708286233944818e-05};
        for (int i = 0; i < blended.length; i++) {
            assertThat((double) llama3[14 + i]).isCloseTo(blended[i], relative(blended[i]));
        }
        assertThat((double) llama3[31]).isCloseTo(9.418306490260875e-08, relative(9.4e-8));
    }

    @Test
    void theGenerationConfigDecidesWhatEndsAText() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [5, 7], \"pad_token_id\": 5}");
        ModelConfig config = read(minimal("qwen2").put("eos_token_id", 3));
        assertThat(config.eosIds()).containsExactly(5L, 7L);
        assertThat(config.padId()).hasValue(5);
        assertThat(read(minimal("qwen2").put("pad_token_id", -1)).padId()).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_type|'\"gemma2\"'|one of llama, qwen2, qwen3, mistral, phi3, gemma3_text, gemma3",
                "model_type|null|missing",
                "hidden_act|'\"gelu\"'|silu",
                "use_sliding_window|true|windows",
                "layer_types|'[\"full_attention\",\"sliding_attention\"]'|full_attention",
                "quantization_config|'{\"bits\": 4}'|quantisation",
                "auto_map|'{\"AutoModel\": \"x.y\"}'|custom code",
                "num_hidden_layers|0|whole number from 1",
                "num_hidden_layers|2.5|whole number from 1",
                "num_hidden_layers|null|missing",
                "hidden_size|-48|whole number from 1",
                "hidden_size|99999999999|whole number from 1",
                "hidden_size|50|num_attention_heads",
                "num_key_value_heads|3|divisor of num_attention_heads",
                "num_key_value_heads|8|from 1 to 4",
                "head_dim|13|even",
                "rms_norm_eps|'\"NaN\"'|number above 0",
                "rms_norm_eps|0|number above 0",
                "tie_word_embeddings|'\"yes\"'|true or false",
                "eos_token_id|'[1,2000]'|below vocab_size",
                "eos_token_id|'\"</s>\"'|whole number",
                "rope_theta|-1|number above 0",
                "rope_scaling|'{\"type\": \"yarn\", \"factor\": 4}'|default, linear or llama3",
                "rope_scaling|'{\"type\": \"linear\"}'|number above 0",
                "rope_scaling|'\"linear\"'|mapping with rope_type",
                "rope_parameters|'{\"rope_type\": \"dynamic\", \"factor\": 4}'|default, linear or llama3",
                "rope_parameters|'{\"full_attention\": {\"rope_type\": \"default\"}}'|one rotary embedding",
                "partial_rotary_factor|0.5|partial",
                "num_local_experts|8|experts",
            })
    void whatIsNotComputedIsRefusedByFileKeyAndValue(String key, String value, String expectation) throws IOException {
        assertRefused("llama", key, value, expectation);
    }

    private void assertRefused(String family, String key, String value, String expectation) throws IOException {
        ObjectNode config = minimal(family);
        config.set(key, JSON.readTree(value));
        assertThatThrownBy(() -> read(config))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("config.json", key, expectation)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void brokenAndMissingFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> ModelConfig.read(folder)).hasMessageContainingAll("config.json", "no such file");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llama\",");
        assertThatThrownBy(() -> ModelConfig.read(folder)).hasMessageContainingAll("config.json", "not valid JSON");
        Files.writeString(folder.resolve("config.json"), "[]");
        assertThatThrownBy(() -> ModelConfig.read(folder)).hasMessageContainingAll("config.json", "mapping");
        Files.write(folder.resolve("config.json"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> ModelConfig.read(folder)).hasMessageContainingAll("config.json", "UTF-8");
    }

    private Rope rope(String json) throws IOException {
        ObjectNode config = minimal("llama");
        config.setAll((ObjectNode) JSON.readTree(json));
        return rope(read(config));
    }

    /** That of all blocks. */
    private static Rope rope(ModelConfig config) {
        assertThat(config.attentionKinds()).hasSize(1);
        return config.attention().get(0).rope();
    }

    private static ObjectNode minimal(String type) {
        return JSON.createObjectNode()
                .put("model_type", type)
                .put("vocab_size", 320)
                .put("hidden_size", 48)
                .put("intermediate_size", 96)
                .put("num_hidden_layers", 4)
                .put("num_attention_heads", 4);
    }

    private ModelConfig read(ObjectNode config) {
        try {
            Files.writeString(folder.resolve("config.json"), config.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ModelConfig.read(folder);
    }

    private static void assertClose(float[] actual, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], relative(expected[i]));
        }
    }

    private static Offset<Double> relative(double value) {
        return Offset.offset(value * 1e-6);
    }
}
