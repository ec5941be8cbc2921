package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects what is written where there is no room for it: under a limit on the size of files, which the system answers as it answers on a
 * full disk, no command says that it succeeded and leaves less than it would have with room, and the same command does its work later.
 */
@Tag("abuse")
@EnabledOnOs(OS.LINUX)
@TestInstance(Lifecycle.PER_CLASS)
class FullDiskTest {
    private static final int TIMES = 3;
    private static final int BLOCK = 512;
    private static final Path TARGET = Path.of(System.getProperty("nla.root"), "cli", "target", "abuse");

    @TempDir
    static Path folder;

    private final Campaign campaign = new Campaign("full-disks");
    private TinyRuns runs;

    @BeforeAll
    void makeOneOfEverything() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("max_steps=1"));
        Path kitft = Fixtures.golden("interop/kitft");
        succeeded(Outcome.of("data", "import", kitft.resolve("av_sft.parquet"), "--output", runs.at("traded")));
    }

    List<Job> jobs() {
        return List.of(
                Job.extract(runs),
                Job.replies(runs),
                Job.merge(runs),
                Job.parquet("parquet", runs),
                new Job(
                        "torch",
                        List.of(
                                "data",
                                "export",
                                runs.at("data"),
                                "--format",
                                "nla-at-home",
                                "--model",
                                runs.at("model"),
                                "--output",
                                "OUTPUT"),
                        ""),
                new Job("scenes", List.of("data", "scenes", "--rows", 2000, "--output", "OUTPUT"), ""));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void nothingIncompletePassesForWhole(Job job) throws Exception {
        Random random = new Random(Campaign.SEED ^ job.name().hashCode());
        Path straight = folder.resolve(job.name() + "-straight");
        succeeded(Campaign.within(job.name(), job.to(straight)));
        long largest = job.contents(straight).isEmpty() ? 0 : largest(straight);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            Path output = folder.resolve(job.name() + "-full-" + i);
            long blocks = (long) (largest * (i + random.nextDouble()) / TIMES / BLOCK);
            Path said = folder.resolve(job.name() + "-said.txt");
            String what = "%s with at most %d blocks a file".formatted(job, blocks);
            int code = limited(blocks, job.to(output), said).waitFor();
            Outcome outcome = new Outcome(code, "", Files.readString(said));
            Campaign.fault(outcome).ifPresent(fault -> faults.add(what + ": " + fault));
            campaign.count(code == 0 ? "had room" : "refused");
            if (code == 0) {
                assertThat(job.contents(output)).as(what).isEqualTo(job.contents(straight));
            } else {
                succeeded(Campaign.within(job + " again", job.to(output)));
                assertThat(job.contents(output)).as(what + ", again").isEqualTo(job.contents(straight));
            }
            AtomicFiles.deleteTree(output);
        }
        assertThat(faults).isEmpty();
    }

    @AfterAll
    void tell() {
        campaign.finish(TARGET);
    }

    private static Process limited(long blocks, Object[] arguments, Path said) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
        List<String> own = OwnProcess.of(arguments).command();
        command.add(own.get(0));
        command.add("-XX:-UsePerfData");
        command.addAll(own.subList(1, own.size()));
        // a pipe and not a file, which would fall under the limit too
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Files.write(said, process.getErrorStream().readAllBytes());
        return process;
    }

    private static long largest(Path output) throws IOException {
        try (var files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElse(0);
        }
    }
}
