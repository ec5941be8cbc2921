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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects what was computed: commands are killed as if the power had failed, at moments drawn from a seed, and the same command again
 * leaves what it would have left undisturbed, byte for byte.
 */
@Tag("abuse")
@DisabledOnOs(OS.WINDOWS)
@TestInstance(Lifecycle.PER_CLASS)
class KillCampaignTest {
    private static final int KILLS = 10;
    private static final Path TARGET = Path.of(System.getProperty("nla.root"), "cli", "target", "abuse");

    @TempDir
    static Path folder;

    private final Campaign campaign = new Campaign("kills");
    private TinyRuns runs;

    @BeforeAll
    void makeOneOfEverything() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor());
        succeeded(runs.verbalizer());
        Path kitft = Fixtures.golden("interop/kitft");
        succeeded(Outcome.of("data", "import", kitft.resolve("av_sft.parquet"), "--output", runs.at("traded")));
    }

    List<Job> jobs() {
        List<Object> evaluated = List.of(
                "--model",
                runs.at("model"),
                "--data",
                runs.at("data"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter"),
                "--max-new-tokens",
                8);
        List<Object> trained = List.of(
                "model=" + runs.at("model"),
                "data=" + runs.at("data"),
                "compute_dtype=float32",
                "per_device_train_batch_size=4",
                "eval_steps=2",
                "save_steps=2",
                "max_eval_rows=24",
                "output_dir=OUTPUT");
        return List.of(
                Job.extract(runs),
                Job.replies(runs),
                new Job(
                        "sft",
                        joined(
                                List.of("train", "sft", "--resume", "auto"),
                                trained,
                                List.of(
                                        "role=verbalizer",
                                        "max_steps=20",
                                        "lora_r=2",
                                        "av_template=<c>{injection_char}</c>\n<explanation>",
                                        "chat_template=false",
                                        "injection_norm=3",
                                        "marker=●")),
                        "adapter"),
                new Job(
                        "grpo",
                        joined(
                                List.of("train", "grpo", "--resume", "auto"),
                                trained,
                                List.of(
                                        "verbalizer=" + runs.at("av/adapter"),
                                        "reconstructor=" + runs.at("ar/adapter"),
                                        "reconstructor_mode=online",
                                        "max_steps=10",
                                        "num_generations=3",
                                        "max_completion_length=12")),
                        "adapter"),
                new Job(
                        "suite",
                        joined(List.of("eval", "suite"), evaluated, List.of("--resamples", 200, "--output", "OUTPUT")),
                        ""),
                new Job(
                        "gap",
                        joined(
                                List.of("eval", "gap"),
                                evaluated,
                                List.of(
                                        "--samples",
                                        3,
                                        "--temperature",
                                        1,
                                        "--save-descriptions",
                                        "OUTPUT/descriptions.jsonl",
                                        "--save-best",
                                        "OUTPUT/best.jsonl",
                                        "--json",
                                        "OUTPUT/gap.json")),
                        ""),
                Job.merge(runs),
                Job.parquet("export", runs));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theSameCommandAgainLeavesWhatWouldHaveBeenLeft(Job job) throws Exception {
        Random random = new Random(Campaign.SEED ^ job.name().hashCode());
        Path straight = folder.resolve(job.name() + "-straight");
        long started = System.nanoTime();
        Path said = folder.resolve(job.name() + ".txt");
        assertThat(start(job, straight, said).waitFor())
                .as(Files.readString(said))
                .isZero();
        long millis = (System.nanoTime() - started) / 1_000_000;
        for (int i = 0; i < KILLS; i++) {
            Path output = folder.resolve(job.name() + "-killed-" + i);
            Process process = start(job, output, said);
            boolean ended = process.waitFor(millis / 4 + random.nextInt((int) millis), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            campaign.count(ended ? "ended before the kill" : "killed");
            if (!ended || process.exitValue() != 0) {
                Outcome again = Campaign.within(job + " again", job.to(output));
                boolean wasDone = again.code() != 0 && sameAs(job, straight, output);
                assertThat(again.code() == 0 || wasDone)
                        .as(job + ", kill " + i + ": " + again.err())
                        .isTrue();
            }
            assertThat(job.contents(output)).as(job + ", kill " + i).isEqualTo(job.contents(straight));
            assertThat(leftovers(output)).as(job + ", kill " + i).isEmpty();
            campaign.count("right after a rerun");
            AtomicFiles.deleteTree(output);
        }
    }

    @AfterAll
    void tell() {
        campaign.finish(TARGET);
    }

    private static Process start(Job job, Path output, Path said) throws IOException {
        return OwnProcess.of(job.to(output))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static boolean sameAs(Job job, Path straight, Path output) throws IOException {
        return Files.exists(output) && job.contents(output).equals(job.contents(straight));
    }

    /** What a killed command left beside its output, and the next did not take away. */
    private static List<String> leftovers(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".")
                            && name.contains(output.getFileName().toString()))
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    private static List<Object> joined(List<?>... parts) {
        List<Object> all = new ArrayList<>();
        for (List<?> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
