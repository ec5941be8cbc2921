package dev.nla.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects exact resume: whatever happens to a run, going on gives the files of a run to which nothing happened. */
class TrainingRunTest {
    private static final int STEPS = 23;

    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onMessage(String message) {
            heard.add(message);
        }
    };

    /** Where in a step the process dies. */
    private enum Moment {
        BEFORE_STEP,
        AFTER_STEP,
        AFTER_EVALUATION,
        IN_CHECKPOINT,
        BEFORE_RENAME,
        AFTER_CHECKPOINT
    }

    /** Stands for {@code kill -9}. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aKilledRunGoesOnToTheSameBytes(Moment moment) throws IOException {
        train(config("straight"), Resume.no(), -1, moment);
        for (int step : new int[] {1, 4, 5, 12, 15, 20, 23}) {
            TrainConfig config = config("killed" + step);
            boolean killed = false;
            try {
                train(config, Resume.auto(), step, moment);
            } catch (Killed here) {
                killed = true;
            }
            if (killed) {
                train(config, Resume.auto(), -1, moment);
            }
            assertSameRun(folder.resolve("straight"), config.run().outputDir(), "killed in step " + step);
        }
    }

    @Test
    void aRunKilledAgainAndAgainStillEndsTheSame() throws IOException {
        train(config("straight"), Resume.no(), -1, Moment.AFTER_STEP);
        for (int step : new int[] {3, 9, 9, 6, 17, 22}) {
            try {
                train(config("often"), Resume.auto(), step, Moment.AFTER_STEP);
            } catch (Killed expected) {
                heard.add("killed");
            }
        }
        train(config("often"), Resume.auto(), -1, Moment.AFTER_STEP);
        assertSameRun(folder.resolve("straight"), folder.resolve("often"), "killed often");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.txt", "trainer_state.json", "manifest.json"})
    void aTruncatedCheckpointGivesWayToThePreviousOneWithAWarning(String file) throws IOException {
        train(config("straight"), Resume.no(), -1, Moment.AFTER_STEP);
        TrainConfig config = config("cut");
        assertThatThrownBy(() -> train(config, Resume.no(), 16, Moment.AFTER_STEP))
                .isInstanceOf(Killed.class);
        Path cut = folder.resolve("cut/checkpoint-15").resolve(file);
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        train(config, Resume.auto(), -1, Moment.AFTER_STEP);
        assertThat(heard)
                .anyMatch(line -> line.contains("warning: checkpoint-15 is damaged")
                        && line.contains(file)
                        && line.contains("broken-checkpoint-15"));
        assertThat(heard).anyMatch(line -> line.matches("going on from .*checkpoint-1[0-4]"));
        assertSameRun(folder.resolve("straight"), folder.resolve("cut"), "cut");
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        TrainConfig config = config("flip");
        assertThatThrownBy(() -> train(config, Resume.no(), 16, Moment.AFTER_STEP))
                .isInstanceOf(Killed.class);
        Path weights = folder.resolve("flip/checkpoint-15/weights.txt");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[2] ^= 1;
        Files.write(weights, bytes);
        train(config, Resume.auto(), -1, Moment.AFTER_STEP);
        assertThat(heard).anyMatch(line -> line.contains("weights.txt does not match its checksum"));
    }

    @Test
    void aRunGoesBackToAnEarlierCheckpointWhenAsked() throws IOException {
        train(config("straight"), Resume.no(), -1, Moment.AFTER_STEP);
        TrainConfig config = config("back");
        train(config, Resume.no(), -1, Moment.AFTER_STEP);
        Path best = folder.resolve("back/checkpoint-20");
        train(config, Resume.from(best), -1, Moment.AFTER_STEP);
        assertThat(heard).anyMatch(line -> line.contains("checkpoint-23 set aside as superseded-checkpoint-23"));
        assertSameRun(folder.resolve("straight"), folder.resolve("back"), "went back");
    }

    @Test
    void aFolderThatHoldsARunIsRefusedAndLeftAlone() throws IOException {
        TrainConfig config = config("twice");
        train(config, Resume.no(), -1, Moment.AFTER_STEP);
        String metrics = Files.readString(folder.resolve("twice/metrics.jsonl"));
        assertThatThrownBy(() -> train(config, Resume.no(), -1, Moment.AFTER_STEP))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.kind()).isEqualTo(InputException.Kind.USAGE))
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("--resume auto");
        assertThat(folder.resolve("twice/metrics.jsonl")).hasContent(metrics);
    }

    @Test
    void anotherRunInTheSameFolderIsKeptOut() {
        TrainConfig config = config("busy");
        try (TrainingRun run = open(config, Resume.no())) {
            assertThat(run.firstStep()).isZero();
            assertThatThrownBy(() -> open(config, Resume.auto())).hasMessageContaining("in use by another run");
        }
        open(config, Resume.auto()).close();
    }

    @Test
    void settingsThatDecideTheCourseMayNotChangeOnResume() {
        open(config("other"), Resume.no()).close();
        assertThatThrownBy(() -> open(config("other", "seed=5"), Resume.auto()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("seed: 0 → 5");
        open(config("other", "save_total_limit=7"), Resume.auto()).close();
        assertThat(folder.resolve("other/config.yaml")).content().contains("save_total_limit: 7");
    }

    @Test
    void resumingWhereNothingIsOrElsewhereIsRefused() {
        assertThatThrownBy(() -> open(config("none"), Resume.from(folder.resolve("none"))))
                .hasMessageContaining("holds no run to resume");
        assertThatThrownBy(() -> open(config("none"), Resume.from(folder.resolve("elsewhere"))))
                .hasMessageContaining("is not in output_dir");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aFullDiskLeavesTheLastCheckpointWhole() throws IOException {
        TrainConfig config = config("full");
        try (TrainingRun run = open(config, Resume.no())) {
            run.save(1, dir -> Files.writeString(dir.resolve("weights.txt"), "good"));
            assertThatThrownBy(() -> run.save(2, dir -> {
                        Files.writeString(dir.resolve("weights.txt"), "ha");
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("checkpoint-2 cannot be written (No space left on device)")
                    .hasMessageContaining("checkpoint-1 is whole");
            assertThatThrownBy(() -> run.publish("adapter", dir -> {
                        throw new IOException("No space left on device");
                    }))
                    .hasMessageContaining("adapter cannot be written");
        }
        try (Stream<Path> children = Files.list(folder.resolve("full"))) {
            assertThat(children.map(path -> path.getFileName().toString()))
                    .contains("checkpoint-1")
                    .doesNotContain("checkpoint-2", "adapter")
                    .noneMatch(name -> name.endsWith(".tmp"));
        }
        try (TrainingRun run = open(config, Resume.auto())) {
            assertThat(run.resumedFrom().orElseThrow().resolve("weights.txt")).hasContent("good");
        }
    }

    @Test
    void oldCheckpointsGoButNeverTheBest() throws IOException {
        TrainConfig config = config("pruned", "save_total_limit=2", "save_steps=1");
        try (TrainingRun run = open(config, Resume.no())) {
            for (int step = 1; step <= 6; step++) {
                if (step < 4) {
                    run.evaluated(step, Evaluation.of(Map.of("loss", step == 2 ? 1.0 : 3.0)), 0);
                }
                run.save(step, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
            }
            assertThat(run.bestCheckpoint()).contains(folder.resolve("pruned/checkpoint-2"));
            assertThat(new Checkpoints(folder.resolve("pruned"), 2, listener).steps())
                    .containsExactly(2, 5, 6);
            assertThat(folder.resolve("pruned/best.json")).content().contains("\"checkpoint-2\"", "\"eval_loss\"");
        }
    }

    @Test
    void earlyStoppingCountsEvaluationsWithoutABetterOneAcrossAResume() throws IOException {
        TrainConfig config = config("early", "early_stopping_patience=2", "metric_for_best_model=eval_loss_difference");
        try (TrainingRun run = open(config, Resume.no())) {
            run.evaluated(1, Evaluation.of(Map.of("loss_difference", 0.5)), 0);
            assertThat(run.checkpointDue(1)).isTrue();
            run.evaluated(2, Evaluation.of(Map.of("loss_difference", Double.NaN)), 0);
            assertThat(run.shouldStop()).isFalse();
            run.save(2, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
        }
        try (TrainingRun run = open(config, Resume.auto())) {
            run.evaluated(3, Evaluation.of(Map.of("loss_difference", 0.5)), 0);
            assertThat(run.shouldStop()).isTrue();
            assertThat(run.best()).isEqualTo(new Best("loss_difference", Optional.of(0.5), 1, 2));
            assertThatThrownBy(() -> run.evaluated(4, Evaluation.of(Map.of("loss", 1.0)), 0))
                    .hasMessageContaining("metric_for_best_model is loss_difference, expected auto or one of loss");
        }
    }

    @Test
    void theFolderTellsWhatTheRunWasMadeFrom() throws IOException {
        TrainConfig config = config("told");
        open(config, Resume.no()).close();
        open(config, Resume.auto()).close();
        assertThat(ConfigReader.read(Stage.SFT, Optional.of(folder.resolve("told/config.yaml")), List.of()))
                .isEqualTo(config);
        assertThat(folder.resolve("told/run.json"))
                .content()
                .contains("\"model\" : \"abc\"", "\"java\"", "\"stage\" : \"sft\"")
                .containsSubsequence("\"sessions\"", "\"started\"", "\"started\"");
    }

    /** A loop as training loops are: a number is nudged by what rows and seeds say, evaluated, saved. */
    private void train(TrainConfig config, Resume resume, int killStep, Moment moment) throws IOException {
        try (TrainingRun run = open(config, resume)) {
            double weight = run.resumedFrom().isPresent()
                    ? Double.parseDouble(
                            Files.readString(run.resumedFrom().get().resolve("weights.txt")))
                    : 1;
            DataOrder order = new DataOrder(config.run().seed(), 10, 4);
            StepSeeds seeds = new StepSeeds(config.run().seed());
            for (int index = run.firstStep(); index < STEPS && !run.shouldStop(); index++) {
                int step = index + 1;
                die(killStep == step && moment == Moment.BEFORE_STEP);
                for (int row : order.rows(index)) {
                    weight += (row - 4.5) / 7 + seeds.intAt(index, "noise") * 1e-11;
                }
                run.step(report(step, index % 9 == 4 ? Double.NaN : weight * weight, order));
                die(killStep == step && moment == Moment.AFTER_STEP);
                if (run.evaluationDue(step)) {
                    Map<String, Object> sample = Map.of("step", step, "text", "weighs\n" + weight);
                    run.evaluated(
                            step, new Evaluation(Map.of("loss", Math.abs(weight)), List.of(sample)), Math.random());
                    die(killStep == step && moment == Moment.AFTER_EVALUATION);
                }
                if (run.checkpointDue(step)) {
                    save(run, step, weight, killStep == step, moment);
                    die(killStep == step && moment == Moment.AFTER_CHECKPOINT);
                }
            }
            double last = weight;
            run.publish("adapter", dir -> Files.writeString(dir.resolve("weights.txt"), Double.toString(last)));
        }
    }

    private void save(TrainingRun run, int step, double weight, boolean kill, Moment moment) throws IOException {
        if (kill && moment == Moment.BEFORE_RENAME) {
            Path half = run.directory().resolve(".checkpoint-" + step + ".tmp");
            Files.createDirectories(half);
            Files.writeString(half.resolve("weights.txt"), "left behind");
            throw new Killed();
        }
        run.save(step, dir -> {
            Files.writeString(dir.resolve("weights.txt"), Double.toString(weight));
            die(kill && moment == Moment.IN_CHECKPOINT);
        });
    }

    private static StepReport report(int step, double loss, DataOrder order) {
        Map<String, Double> averaged = new LinkedHashMap<>();
        averaged.put("loss", loss);
        if (step % 2 == 0) {
            averaged.put("reward/mean", loss / 3);
        }
        return new StepReport(
                step,
                averaged,
                Map.of("num_tokens", 7.0 * step),
                Map.of("epoch", order.epochsAfter(step)),
                Map.of("seconds", Math.random()));
    }

    private static void die(boolean now) {
        if (now) {
            throw new Killed();
        }
    }

    private TrainingRun open(TrainConfig config, Resume resume) {
        Provenance provenance = Provenance.of(config, Map.of("model", "abc"), Map.of());
        return TrainingRun.open(config, provenance, resume, "loss", STEPS, listener);
    }

    private TrainConfig config(String name, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model=m",
                "data=d",
                "role=verbalizer",
                "output_dir=" + folder.resolve(name),
                "logging_steps=3",
                "eval_steps=4",
                "save_steps=5",
                "save_total_limit=2"));
        settings.addAll(List.of(more));
        return ConfigReader.read(Stage.SFT, Optional.empty(), settings);
    }

    private static void assertSameRun(Path expected, Path actual, String how) throws IOException {
        for (String file : new String[] {"metrics.jsonl", "samples.jsonl", "adapter/weights.txt", "best.json"}) {
            assertThat(Files.readString(actual.resolve(file)))
                    .as(file + ", " + how)
                    .isEqualTo(Files.readString(expected.resolve(file)))
                    .isNotEmpty();
        }
        assertThat(Files.readAllLines(actual.resolve("timings.jsonl")))
                .as("timings, " + how)
                .hasSameSizeAs(Files.readAllLines(expected.resolve("timings.jsonl")));
    }
}
