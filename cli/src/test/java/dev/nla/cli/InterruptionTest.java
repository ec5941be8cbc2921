package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the end of a run that is told to end: at once, with the system's own exit code, and with the way to go on. SIGTERM stands for
 * Ctrl-C, which takes the same way: builds in the background ignore SIGINT, and so do the processes they start.
 */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void aRunThatIsStoppedSaysHowItGoesOn() throws Exception {
        TinyRuns runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        Path said = folder.resolve("said.txt");
        Process process = OwnProcess.of(
                        "train",
                        "sft",
                        "role=reconstructor",
                        "model=" + runs.at("model"),
                        "data=" + runs.at("data"),
                        "ar_template=<t>{explanation}</t>",
                        "lora_r=2",
                        "max_steps=100000",
                        "save_steps=2",
                        "output_dir=" + runs.at("run"))
                .redirectError(said.toFile())
                .start();
        try {
            Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
            while (process.isAlive()
                    && !Files.exists(runs.at("run/checkpoint-2"))
                    && Instant.now().isBefore(deadline)) {
                Thread.sleep(20);
            }
            assertThat(new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(said))
                .contains("nla: interrupted: ", "step")
                .doesNotContain("A fatal error has been detected");
    }

    @Test
    void aCommandThatHasNothingToSayEndsToo() throws Exception {
        Process process = OwnProcess.of("quickstart", "--output", folder.resolve("quickstart"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Thread.sleep(3000);
            assertThat(new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }
}
