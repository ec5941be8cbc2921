package dev.nla.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Fixtures;
import dev.nla.train.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects the promise of {@code --dry-run}: training a real model peaks below the memory that the plan names, and the plan is not so
 * careful that it says nothing. The peak is that of a process of its own.
 */
@Tag("real")
@EnabledOnOs(OS.LINUX)
class TrainingMemoryTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofSupervisedFineTuning(boolean again) throws Exception {
        Workload work = workload(16, 2, again);
        try (BenchFolder folder = BenchFolder.withDataset(work, work.measured() + work.batch());
                Training training = Training.open(BenchConfigs.sft(work, folder, "verbalizer"))) {
            assertBounded(training.plan().memoryBytes() >> 20, peak("sft", work));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofPolicyOptimization(boolean again) throws Exception {
        Workload work = workload(4, 1, again);
        try (BenchFolder folder = BenchFolder.withDataset(work, work.measured() + work.batch())) {
            GrpoBench.writeAdapters(work, folder);
            try (Training training = Training.openFixedLength(BenchConfigs.grpo(work, folder))) {
                assertBounded(training.plan().memoryBytes() >> 20, peak("grpo", work));
            }
        }
    }

    private static void assertBounded(long planned, long peak) {
        assertThat(peak)
                .as("peak of %d MiB where %d were planned", peak, planned)
                .isBetween(planned / 2, planned);
    }

    private static Workload workload(int batch, int steps, boolean again) {
        return new Workload(
                Fixtures.smollm2(), Fixtures.corpus(), 21, batch, steps, 4, 48, 0, 150, "float32", false, again);
    }

    /** What the work needs at most in a process like those that the launcher starts, in MiB. */
    private static long peak(String name, Workload work) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nla.cli.Main",
                "bench",
                name,
                "--model=" + work.model(),
                "--texts=" + work.texts(),
                "--batch=" + work.batch(),
                "--steps=" + work.steps(),
                "--dtype=" + work.dtype()));
        if (work.gradientCheckpointing()) {
            command.add("--gradient-checkpointing");
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return new ObjectMapper().readTree(line).get("peak_rss_mb").asLong();
    }
}
