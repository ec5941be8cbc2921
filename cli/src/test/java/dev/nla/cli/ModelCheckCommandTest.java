package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects {@code nla model check}: it passes on what transformers computed and fails on anything else. */
class ModelCheckCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void everyFamilyComputesItsGoldenValues(String family) {
        Path model = Fixtures.golden(family);
        Outcome plain = Outcome.of("model", "check", "--model", model, "--golden", model.resolve("golden.safetensors"));
        assertThat(plain.err()).isEmpty();
        assertThat(plain.code()).isZero();
        assertThat(plain.out()).contains("hidden_states", "logits");
        Outcome injected = Outcome.of(
                "model",
                "check",
                "--model",
                model,
                "--adapter",
                model.resolve("adapter"),
                "--golden",
                model.resolve("injected.safetensors"),
                "--tolerance",
                "2e-5");
        assertThat(injected.err()).isEmpty();
        assertThat(injected.code()).isZero();
        assertThat(injected.out()).contains("injected_logits", "token_logprobs", "loss", "gradients", "greedy_ids");
    }

    /** Each of these settings decides numbers: the golden values fail where one is read wrongly or left out. */
    @ParameterizedTest
    @CsvSource({
        "mistral, sliding_window, 1000",
        "mistral, sliding_window, 8",
        "phi3, sliding_window, 5",
        "phi3, partial_rotary_factor, 1.0",
        "gemma3_text, sliding_window, 1000",
        "gemma3_text, query_pre_attn_scalar, 16",
        "gemma3_text, sliding_window_pattern, 2",
        "gemma3_text, rope_local_base_freq, 20000",
        "gemma3_text, rope_theta, 10000",
    })
    void aSettingThatIsAnotherGivesOtherValues(String family, String key, double value) throws IOException {
        Path model = Fixtures.golden(family);
        Files.copy(model.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        ObjectMapper json = new ObjectMapper();
        ObjectNode config =
                (ObjectNode) json.readTree(model.resolve("config.json").toFile());
        config.remove("layer_types");
        config.put("sliding_window_pattern", 3);
        config.remove("rope_parameters");
        if (family.equals("gemma3_text")) {
            config.putObject("rope_scaling").put("rope_type", "linear").put("factor", 2);
        }
        json.writeValue(folder.resolve("config.json").toFile(), config);
        Path golden = model.resolve("golden.safetensors");
        assertThat(Outcome.of("model", "check", "--model", folder, "--golden", golden))
                .as("the same settings in their old spelling")
                .returns(0, Outcome::code);
        json.writeValue(folder.resolve("config.json").toFile(), config.put(key, value));
        assertFailed(
                Outcome.of("model", "check", "--model", folder, "--golden", golden, "--tolerance", "1e-3"),
                "hidden_states differs");
    }

    @Test
    void aDifferenceBeyondTheToleranceFailsAndIsNamed() {
        Path model = Fixtures.golden("llama");
        Path golden = model.resolve("golden.safetensors");
        Outcome strict = Outcome.of("model", "check", "--model", model, "--golden", golden, "--tolerance", "1e-9");
        assertFailed(strict, "hidden_states differs", "tolerance");
        assertThat(strict.out()).contains("logits");
        Outcome without =
                Outcome.of("model", "check", "--model", model, "--golden", model.resolve("injected.safetensors"));
        assertFailed(without, "--adapter");
    }

    /** Golden values of llama with a number that is not finite in them, or in both: neither equals anything, under any tolerance. */
    @ParameterizedTest
    @CsvSource({
        "hidden_states, NaN, 1e-4",
        "logits, NaN, 1e-4",
        "logits, Infinity, 1e-4",
        "logits, -Infinity, Infinity",
        "hidden_states, NaN, Infinity"
    })
    void numbersThatAreNotFiniteNeverPass(String tensor, float bad, String tolerance) {
        Path model = Fixtures.golden("llama");
        Path golden = folder.resolve("golden.safetensors");
        try (SafetensorsFile good = SafetensorsFile.open(model.resolve("golden.safetensors"))) {
            List<TensorToWrite> tensors = good.names().stream()
                    .map(name -> {
                        long[] shape = good.info(name).shape();
                        if (good.info(name).dtype() != DType.F32) {
                            return TensorToWrite.longs(name, shape, good.longs(name));
                        }
                        float[] values = good.floats(name);
                        values[5] = name.equals(tensor) ? bad : values[5];
                        return TensorToWrite.floats(name, shape, values);
                    })
                    .toList();
            SafetensorsWriter.write(golden, Map.of(), tensors);
        }
        Outcome outcome = Outcome.of("model", "check", "--model", model, "--golden", golden, "--tolerance", tolerance);
        assertFailed(outcome, tensor + " is not finite at", "golden " + bad);
    }

    @Test
    void valuesOfAnotherModelAreRefused() {
        Outcome outcome = Outcome.of(
                "model",
                "check",
                "--model",
                Fixtures.golden("llama"),
                "--golden",
                Fixtures.golden("gap/gap.safetensors"));
        assertFailed(outcome, "gap.safetensors", "input_ids");
        Outcome wrongWeights = Outcome.of(
                "model",
                "check",
                "--model",
                Fixtures.golden("llama"),
                "--golden",
                Fixtures.golden("qwen2/golden.safetensors"));
        assertFailed(wrongWeights, "hidden_states differs");
    }

    @Test
    void aMissingModelOrAdapterIsOneLine() throws IOException {
        Path golden = Fixtures.golden("llama/golden.safetensors");
        Path none = folder.resolve("none");
        assertFailed(Outcome.of("model", "check", "--model", none, "--golden", golden), none.toString());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertFailed(Outcome.of("model", "check", "--model", empty, "--golden", golden), "config.json");
        Path llama = Fixtures.golden("llama");
        assertFailed(
                Outcome.of("model", "check", "--model", llama, "--adapter", empty, "--golden", golden),
                "adapter_config.json");
        assertThat(Outcome.of("model", "check", "--model", llama, "--golden", golden, "--tolerance", "-1")
                        .code())
                .isEqualTo(2);
    }

    private static void assertFailed(Outcome outcome, String... parts) {
        assertThat(outcome.err()).startsWith("nla: ").contains(parts).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(1);
    }
}
