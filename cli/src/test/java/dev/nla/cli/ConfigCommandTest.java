package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aValueIsBlamedOnThePlaceItCameFrom() throws IOException {
        assertUsage(
                Outcome.of("config", "validate", SFT, "marker=ab"), "marker=ab on the command line: marker is 'ab'");
        assertUsage(Outcome.of("config", "validate", SFT, "lora_r=0"), "nla: lora_r=0 on the command line: lora_r is");
        assertUsage(
                Outcome.of("config", "validate", SFT, "mse_weight=0", "lora_r=4"),
                "nla: mse_weight=0 on the command line: ");
        Path file = Files.writeString(
                folder.resolve("marker.yaml"),
                Files.readString(SFT).replaceAll("(?m)^marker:.*$", "") + "\nmarker: ab\n");
        assertUsage(Outcome.of("config", "validate", file, "depth=30"), "nla: " + file + ": marker is 'ab'");
    }

    @ParameterizedTest
    @CsvSource({"sft.yaml, loss_difference", "reconstructor.yaml, gap/centered", "grpo.yaml, fve/nrm"})
    void aMetricThatIsNeverEvaluatedIsRefusedAtOnce(String name, String known) throws IOException {
        Path config = SFT.resolveSibling(name);
        assertUsage(
                Outcome.of("config", "validate", config, "metric_for_best_model=zork"),
                "nla: metric_for_best_model=zork on the command line: metric_for_best_model is 'zork'",
                "expected auto or one of",
                known);
        assertThat(Outcome.of("config", "validate", config, "metric_for_best_model=eval_" + known)
                        .code())
                .isZero();
    }

    @Test
    void aMetricOfTheOtherRoleIsRefusedToo() {
        assertUsage(
                Outcome.of("config", "validate", SFT, "metric_for_best_model=gap/centered"),
                "'gap/centered', expected auto or one of loss, loss_shuffled, loss_difference, which role verbalizer");
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
