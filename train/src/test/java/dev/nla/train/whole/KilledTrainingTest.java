package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Protects exact resume against the real thing: a process that is killed with SIGKILL at a random moment of its training. Another process
 * goes on from what it left, and every number it logs and every byte of the adapter are those of a run that nobody killed.
 */
class KilledTrainingTest {
    private static final int STEPS = 14;

    private final Random random = new Random();

    @TempDir
    private Path folder;

    /** Kinds of run that have something of their own to save. */
    enum Kind {
        VERBALIZER,
        OVER_FOUR_BITS,
        RECONSTRUCTOR,
        FROZEN_CRITIC,
        ONLINE_CRITIC,
        AVERAGED_CRITIC;

        TrainConfig config(TinyWorld world, String name) {
            String[] often = {
                "max_steps=" + STEPS,
                "lr_scheduler_type=cosine",
                "per_device_train_batch_size=6",
                "logging_steps=3",
                "eval_steps=4",
                "save_steps=2",
                "save_total_limit=2",
                "max_eval_rows=21"
            };
            String[] fresh = TinyWorld.settings(often, "lora_dropout=0.2", "gradient_accumulation_steps=2");
            String[] policy = TinyWorld.settings(
                    often,
                    "verbalizer=" + world.runs().resolve("verbalizer"),
                    "reconstructor=" + world.runs().resolve("reconstructor"),
                    "learning_rate=5e-4",
                    "beta=0.05",
                    "sft_weight=0.2",
                    "num_iterations=2",
                    "micro_batch_size=10",
                    "info_nce_weight=0.5",
                    "info_nce_negatives=both",
                    "per_device_train_batch_size=3",
                    "max_completion_length=28");
            return switch (this) {
                case VERBALIZER -> world.verbalizer(name, fresh);
                case OVER_FOUR_BITS ->
                    world.verbalizer(name, TinyWorld.settings(often, "base_dtype=int4", "gradient_checkpointing=true"));
                case RECONSTRUCTOR -> world.reconstructor(name, TinyWorld.settings(fresh, "info_nce_weight=0.3"));
                case FROZEN_CRITIC ->
                    world.grpo(Stage.HARDNEG, name, TinyWorld.settings(policy, "reconstructor_mode=frozen"));
                case ONLINE_CRITIC ->
                    world.grpo(Stage.GRPO, name, TinyWorld.settings(policy, "reconstructor_mode=online"));
                case AVERAGED_CRITIC ->
                    world.grpo(
                            Stage.GRPO,
                            name,
                            TinyWorld.settings(policy, "reconstructor_mode=ema", "reconstructor_ema_decay=0.7"));
            };
        }
    }

    /** The process to kill: trains a kind of run in a world, a little slower than it could. */
    public static void main(String[] arguments) {
        TinyWorld world = new TinyWorld(Path.of(arguments[1]), Path.of(arguments[2]));
        TinyWorld.train(Kind.valueOf(arguments[0]).config(world, "killed"), new TrainingListener() {
            @Override
            public void onStep(StepReport report, int totalSteps) {
                pause(30);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theRunEndsAsIfNothingHadHappened(Kind kind) throws Exception {
        TinyWorld world = TinyWorld.trained(folder);
        for (String role : List.of("verbalizer", "reconstructor")) {
            copyWithDropout(world.home().resolve(role).resolve("adapter"), folder.resolve(role));
        }
        TinyWorld.train(kind.config(world, "straight"));
        RunFiles straight = world.run("straight");
        RunFiles killed = world.run("killed");

        kill(kind, world, killed);
        assertThat(killed.checkpoint(STEPS)).as("killed before the end").doesNotExist();
        List<String> heard = new ArrayList<>();
        TinyWorld.train(kind.config(world, "killed"), new TrainingListener() {
            @Override
            public void onStart(Path directory, int firstStep, int totalSteps) {
                heard.add("resumed after " + firstStep);
            }
        });

        for (String log : List.of("metrics.jsonl", "samples.jsonl", "best.json")) {
            assertThat(killed.folder().resolve(log))
                    .as("%s, %s", log, heard)
                    .hasSameTextualContentAs(straight.folder().resolve(log));
        }
        assertThat(straight.metric("loss")).hasSize(5).doesNotContain(0, Double.NaN);
        assertSameFolder(straight, killed, "adapter");
        assertThat(killed.parameters(STEPS)).isEqualTo(straight.parameters(STEPS));
        if (kind == Kind.ONLINE_CRITIC || kind == Kind.AVERAGED_CRITIC) {
            assertSameFolder(straight, killed, "reconstructor");
            assertThat(straight.metric("critic/loss")).doesNotHaveDuplicates().hasSize(5);
        }
    }

    private static void copyWithDropout(Path adapter, Path copy) throws IOException {
        Files.createDirectory(copy);
        for (String file : new RunFiles(adapter).bytes("").keySet()) {
            Files.copy(adapter.resolve(file), copy.resolve(file));
        }
        Path config = copy.resolve("adapter_config.json");
        String without = Files.readString(config);
        String with = without.replaceFirst("\"lora_dropout\"\\s*:\\s*0(\\.0)?", "\"lora_dropout\": 0.2");
        assertThat(with).isNotEqualTo(without);
        Files.writeString(config, with);
    }

    private static void assertSameFolder(RunFiles straight, RunFiles killed, String name) {
        Map<String, byte[]> expected = straight.bytes(name);
        Map<String, byte[]> actual = killed.bytes(name);
        assertThat(actual.keySet()).isEqualTo(expected.keySet()).contains("adapter_model.safetensors");
        expected.forEach((file, bytes) ->
                assertThat(actual.get(file)).as(name + "/" + file).isEqualTo(bytes));
    }

    /** Starts the run in a process of its own and kills it some time after one of its checkpoints. */
    private void kill(Kind kind, TinyWorld world, RunFiles run) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.pytorch.num_threads=" + System.getProperty("ai.djl.pytorch.num_threads"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTrainingTest.class.getName(),
                        kind.name(),
                        world.home().toString(),
                        world.runs().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(120));
        int after = 2 * (1 + random.nextInt(4));
        while (process.isAlive() && !reached(run, after) && Instant.now().isBefore(deadline)) {
            pause(2);
        }
        pause(random.nextInt(100));
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(run.folder().resolve("config.yaml"))
                .as(Files.readString(output))
                .exists();
    }

    private static boolean reached(RunFiles run, int step) {
        return IntStream.rangeClosed(step, STEPS).anyMatch(later -> Files.exists(run.checkpoint(later)));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
