package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the quickstart as a newcomer runs it, with few scenes: the table and the report come out, and a run whose process is killed in
 * every part and started again ends with the table and the adapters of a run that nobody killed.
 */
class QuickstartRunTest {
    private static final int ROWS = 600;
    private static final List<String> PARTS = List.of("dataset", "reconstructor", "sft", "grpo", "hardneg");

    @TempDir
    private Path folder;

    @Test
    void killedInEveryPartItEndsAsIfNothingHadHappened() throws Exception {
        Path straight = folder.resolve("straight");
        Outcome whole = succeeded(quickstart(straight));
        assertThat(whole.out())
                .contains("teacher", "sft", "grpo", "hardneg", "report: " + straight.resolve("report.html"));
        assertThat(straight.resolve("report.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("teacher", "hardneg", "<svg")
                .doesNotContain("<script", "src=\"http", "href=\"http");

        Path killed = folder.resolve("killed");
        for (String part : PARTS) {
            killOnce(killed, () -> Files.exists(killed.resolve(part)));
        }
        Outcome resumed = succeeded(quickstart(killed));
        assertThat(resumed.out().replace("killed", "straight")).isEqualTo(whole.out());
        for (String stage : PARTS.subList(1, PARTS.size())) {
            String weights = stage + "/adapter/adapter_model.safetensors";
            assertThat(killed.resolve(weights)).hasSameBinaryContentAs(straight.resolve(weights));
        }

        Outcome again = succeeded(quickstart(killed));
        assertThat(again.out()).isEqualTo(resumed.out());
    }

    private static Outcome quickstart(Path output) {
        return Outcome.of("quickstart", "--output", output, "--rows", ROWS, "--seed", 5);
    }

    /** Starts the quickstart in a process of its own and kills it as soon as it has come to a part. */
    private static void killOnce(Path output, BooleanSupplier reached) throws IOException, InterruptedException {
        Path log = output.resolveSibling("killed.log");
        Process process = OwnProcess.of(
                        "quickstart", "--output", output.toString(), "--rows", String.valueOf(ROWS), "--seed", "5")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Instant end = Instant.now().plus(Duration.ofMinutes(5));
            while (!reached.getAsBoolean()) {
                assertThat(process.isAlive()).as(() -> read(log)).isTrue();
                assertThat(Instant.now()).as(() -> read(log)).isBefore(end);
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
