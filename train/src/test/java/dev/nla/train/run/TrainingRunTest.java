package dev.nla.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the folder of a run: who may open it, what is kept in it, and what a full disk does to it. */
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

    @Test
    void aFolderThatHoldsARunIsRefusedAndLeftAlone() throws IOException {
        TrainConfig config = config("twice");
        try (TrainingRun run = open(config, Resume.no())) {
            run.step(new StepReport(3, Map.of("loss", 1.0), Map.of(), Map.of(), Map.of()));
        }
        String metrics = Files.readString(folder.resolve("twice/metrics.jsonl"));
        assertThatThrownBy(() -> open(config, Resume.no()))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.kind()).isEqualTo(InputException.Kind.USAGE))
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("resume auto");
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
            run.save(1, false, dir -> Files.writeString(dir.resolve("weights.txt"), "good"));
            assertThatThrownBy(() -> run.save(2, false, dir -> {
                        Files.writeString(dir.resolve("weights.txt"), "ha");
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("checkpoint-2 cannot be written (No space left on device)")
                    .hasMessageContaining("checkpoint-1 is whole");
            assertThatThrownBy(() -> new ResultFolders(run.directory()).publish("adapter", dir -> {
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
                run.save(step, step < 4, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
                if (step < 4) {
                    run.evaluated(step, Evaluation.of(Map.of("loss", step == 2 ? 1.0 : 3.0)), 0);
                }
            }
            assertThat(run.bestCheckpoint()).contains(folder.resolve("pruned/checkpoint-2"));
            assertThat(new Checkpoints(folder.resolve("pruned"), 2, listener).steps())
                    .containsExactly(2, 5, 6);
            assertThat(folder.resolve("pruned/best.json")).content().contains("\"checkpoint-2\"", "\"eval_loss\"");
        }
    }

    /** As a kill leaves it that comes right after a checkpoint has got its name: those that it follows are still there. */
    @ParameterizedTest
    @CsvSource({"1, 4 10", "0, 4 5 10"})
    void whatAKillKeptFromBeingDeletedGoesWhenTheRunGoesOn(int limit, String kept) throws IOException {
        TrainConfig config = config("killed", "save_total_limit=" + limit);
        Path directory = folder.resolve("killed");
        try (TrainingRun run = open(config, Resume.no())) {
            run.save(4, true, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
            run.evaluated(4, Evaluation.of(Map.of("loss", 1.0)), 0);
            run.save(5, false, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
            run.save(8, true, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
            run.evaluated(8, Evaluation.of(Map.of("loss", 3.0)), 0);
            for (String before : List.of("checkpoint-5", "checkpoint-8")) {
                copy(directory.resolve(before), folder.resolve(before));
            }
            run.save(10, false, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
        }
        for (String before : List.of("checkpoint-5", "checkpoint-8")) {
            AtomicFiles.deleteTree(directory.resolve(before));
            Files.move(folder.resolve(before), directory.resolve(before));
        }
        try (TrainingRun run = open(config, Resume.auto())) {
            assertThat(run.firstStep()).isEqualTo(10);
            assertThat(new Checkpoints(directory, limit, listener).steps())
                    .containsExactlyElementsOf(
                            Stream.of(kept.split(" ")).map(Integer::valueOf).toList());
            assertThat(run.bestCheckpoint()).contains(directory.resolve("checkpoint-4"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void earlyStoppingCountsEvaluationsWithoutABetterOneAcrossAResume() throws IOException {
        TrainConfig config = config("early", "early_stopping_patience=2", "metric_for_best_model=eval_loss_difference");
        try (TrainingRun run = open(config, Resume.no())) {
            run.save(1, true, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
            run.evaluated(1, Evaluation.of(Map.of("loss_difference", 0.5)), 0);
            run.save(2, true, dir -> Files.writeString(dir.resolve("weights.txt"), ""));
            run.evaluated(2, Evaluation.of(Map.of("loss_difference", Double.NaN)), 0);
            assertThat(run.shouldStop()).isFalse();
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

    private TrainingRun open(TrainConfig config, Resume resume) {
        RunProvenance provenance = RunProvenance.of(config, Map.of("model", "abc"), Map.of());
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
}
