package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects how settings are shown and refused: what is printed can be read back, and every mistake names file, key and remedy. */
class ConfigCommandTest {
    private static final Path SFT = Path.of(System.getProperty("nla.root"), "configs", "smollm2-135m", "sft.yaml");

    @TempDir
    Path folder;

    @Test
    void shownSettingsReadBackAsTheSame() throws IOException {
        Outcome first = Outcome.of("config", "show", SFT, "learning_rate=1e-4");
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("learning_rate: 1.0E-4");
        Path copy = Files.writeString(folder.resolve("copy.yaml"), first.out());
        assertThat(Outcome.of("config", "show", copy)).isEqualTo(first);
    }

    @Test
    void anUnknownKeyNamesTheNearest() throws IOException {
        Path file = Files.writeString(
                folder.resolve("typo.yaml"), Files.readString(SFT).replace("lora_r:", "lora_rank:"));
        assertUsage(Outcome.of("config", "validate", file), file + ": lora_rank", "did you mean lora_");
        assertUsage(Outcome.of("config", "show", SFT, "learning_rat=1"), "learning_rat", "did you mean learning_rate");
        assertUsage(Outcome.of("config", "show", SFT, "beta=1"), "beta is a setting of nla train grpo");
    }

    @Test
    void aWrongValueNamesWhatWasExpected() {
        assertUsage(Outcome.of("config", "show", SFT, "injection_norm=0"), "injection_norm is '0'", "expected");
        assertUsage(
                Outcome.of("config", "show", SFT, "role=writer"), "role is 'writer'", "verbalizer", "reconstructor");
        assertUsage(Outcome.of("config", "show", SFT, "marker=ab"), "marker is 'ab'", "one character");
        assertUsage(Outcome.of("config", "show", SFT, "seed"), "'seed' is not a setting", "key=value");
    }

    @Test
    void aMissingOrBrokenFileIsNamed() throws IOException {
        Path missing = folder.resolve("none.yaml");
        assertUsage(Outcome.of("config", "show", missing), missing.toString(), "cannot be read");
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "stage: sft\nlora_r: [1\n");
        assertUsage(Outcome.of("config", "show", broken), broken.toString(), "not YAML");
        Path bare = Files.writeString(folder.resolve("bare.yaml"), "lora_r: 1\n");
        assertUsage(Outcome.of("config", "show", bare), "stage is missing");
    }

    private static void assertUsage(Outcome outcome, String... parts) {
        assertThat(outcome.err()).startsWith("nla: ").contains(parts).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
    }
}
