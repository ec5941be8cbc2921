package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects the presets: every file in {@code configs/} is accepted as it stands, and the published system's settings are those. */
class PresetsTest {
    private static final Path CONFIGS = Path.of(System.getProperty("nla.root"), "configs");

    static List<Path> presets() throws IOException {
        try (Stream<Path> files = Files.walk(CONFIGS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetIsValid(Path preset) {
        Outcome outcome = Outcome.of("config", "validate", preset);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    @Test
    void thePublishedSettingsAreKept() {
        String shown = Outcome.of("config", "show", CONFIGS.resolve("qwen2.5-7b/sft.yaml"))
                .out();
        assertThat(shown)
                .contains(
                        "marker: ㈎",
                        "injection_norm: 150.0",
                        "injection_center: none",
                        "depth: 73",
                        "chat_template: false")
                .contains("lora_r: 32", "lora_alpha: 64.0", "lora_dropout: 0.05");
    }
}
