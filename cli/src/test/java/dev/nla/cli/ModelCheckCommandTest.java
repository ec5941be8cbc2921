package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects {@code nla model check}: it passes on what transformers computed and fails on anything else. */
class ModelCheckCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
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
