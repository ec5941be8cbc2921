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
        assertThat(llama.rope()).isEqualTo(new DefaultRope(100_000));
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
        assertThat(qwen3.qkNorm()).isTrue();
        assertThat(qwen3.qkvBias()).isFalse();
        assertThat(qwen3.headDim()).isEqualTo(24);
        assertThat(qwen3.queryWidth()).isEqualTo(96);
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
        assertThat(llama.rope()).isEqualTo(new DefaultRope(10_000));
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
                "model_type|'\"mistral\"'|one of llama, qwen2, qwen3",
                "model_type|null|missing",
                "hidden_act|'\"gelu\"'|silu",
                "use_sliding_window|true|sliding-window",
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
        ObjectNode config = minimal("llama");
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
        return read(config).rope();
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
