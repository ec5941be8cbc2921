package dev.nla.train.run.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.Resume;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.run.TrainingRun;
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

/** Protects which trackers a run has and what they hear of it: what its logs hold, all of it, also where it was killed between. */
class TrackedRunTest {
    private static final int STEPS = 4;

    @TempDir
    private Path folder;

    private final List<String> heard = new ArrayList<>();

    @Test
    void eventsAreWrittenUnlessTheyAreNotWanted() throws IOException {
        assertThat(filesOf()).anyMatch(name -> name.startsWith("events.out.tfevents."));
        assertThat(filesOf("report_to=trackio")).anyMatch(name -> name.startsWith("events.out.tfevents."));
        assertThat(filesOf("report_to=none")).contains("metrics.jsonl").noneMatch(name -> name.startsWith("events"));
        assertThat(filesOf("report_to=wandb")).noneMatch(name -> name.startsWith("events"));
    }

    @Test
    void targetsThatDoNotGoTogetherAreRefused() {
        for (String wrong : List.of("none,mlflow", "mlflow,mlflow", "[]")) {
            assertThatThrownBy(() -> config("a", "report_to=" + wrong))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("report_to is ")
                    .hasMessageContaining("none alone");
        }
        assertThatThrownBy(() -> config("a", "report_to=tensorbord"))
                .hasMessageContaining(
                        "report_to is 'tensorbord', expected one or several of tensorboard, mlflow, wandb, trackio, none");
    }

    @Test
    void aServerThatIsNoneIsRefusedBeforeTheFolderIsMade() {
        TrainConfig config = config("refused", "report_to=mlflow", "mlflow_tracking_uri=sqlite:///a.db");
        assertThatThrownBy(() -> Trackers.check(config, Map.of()))
                .hasMessageContaining("mlflow_tracking_uri is 'sqlite:///a.db'");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void aCommandIsNamedForTrackersThatTakeTheFolder() {
        assertThat(Trackers.afterwards(config("my", "report_to=[wandb, trackio]", "run_name=first")))
                .containsExactly(
                        "for wandb: python scripts/wandb_import.py " + folder.resolve("my"),
                        "for trackio: python -c \"import trackio; trackio.import_tf_events('" + folder.resolve("my")
                                + "', project='nla', name='first')\"");
        assertThat(Trackers.afterwards(config("my"))).isEmpty();
    }

    @Test
    void aRunThatWasKilledAndGoesOnIsWholeInOneRunOfTheServer() throws Exception {
        try (FakeMlflow server = new FakeMlflow()) {
            TrainConfig config = config(
                    "killed",
                    "report_to=tensorboard,mlflow",
                    "mlflow_tracking_uri=" + server.address(),
                    "run_name=whole");
            try (TrainingRun run = open(config)) {
                run.save(0, false, this::content);
                step(run, 1);
                step(run, 2);
                run.save(2, true, this::content);
                run.evaluated(2, new Evaluation(Map.of("loss", 0.5), List.of()), 1);
                step(run, 3);
                server.awaitValues();
            }
            try (TrainingRun run = open(config)) {
                assertThat(run.firstStep()).isEqualTo(2);
                step(run, 3);
                step(run, 4);
                run.end(true);
            }
            assertThat(heard).noneMatch(line -> line.contains("MLflow"));
            assertThat(server.runs).hasSize(1);
            FakeMlflow.Run told = server.only();
            assertThat(told.name).isEqualTo("whole");
            assertThat(told.status).isEqualTo("FINISHED");
            assertThat(told.params)
                    .containsEntry("stage", "sft")
                    .containsEntry("learning_rate", "3.0E-4")
                    .containsEntry("report_to", "[tensorboard, mlflow]");
            assertThat(told.values)
                    .containsOnlyKeys(
                            "train/loss@1",
                            "train/loss@2",
                            "train/loss@3",
                            "train/loss@4",
                            "eval/loss@2",
                            "time/eval_seconds@2",
                            "time/seconds@1",
                            "time/seconds@2",
                            "time/seconds@3",
                            "time/seconds@4");
            assertThat(told.values)
                    .allSatisfy((key, values) -> assertThat(values).hasSizeBetween(1, 2));
            assertThat(told.values.get("train/loss@4")).containsExactly("4.0");
        }
    }

    @Test
    void aServerThatIsGoneIsAWarningOfTheRun() throws IOException {
        FakeMlflow server = new FakeMlflow();
        server.fails(1, 403);
        TrainConfig config = config("warned", "report_to=mlflow", "mlflow_tracking_uri=" + server.address());
        try (TrainingRun run = open(config)) {
            step(run, 1);
            run.end(true);
        }
        server.close();
        assertThat(heard).anyMatch(line -> line.startsWith("warning: MLflow at " + server.address() + ": status 403"));
        assertThat(folder.resolve("warned/metrics.jsonl")).content().contains("\"step\":1");
    }

    private List<String> filesOf(String... settings) throws IOException {
        String name = "files" + settings.length + String.join("", settings).length();
        open(config(name, settings)).close();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void step(TrainingRun run, int step) {
        run.step(new StepReport(step, Map.of("loss", (double) step), Map.of(), Map.of(), Map.of("seconds", 0.5)));
    }

    private void content(Path checkpoint) throws IOException {
        Files.writeString(checkpoint.resolve("adapter_config.json"), "{}");
    }

    private TrainingRun open(TrainConfig config) {
        RunProvenance provenance = RunProvenance.of(config, Map.of("model", "abc"), Map.of());
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onMessage(String message) {
                heard.add(message);
            }
        };
        return TrainingRun.open(config, provenance, Resume.auto(), "loss", STEPS, listener);
    }

    private TrainConfig config(String name, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model=m", "data=d", "role=verbalizer", "output_dir=" + folder.resolve(name), "logging_steps=1"));
        settings.addAll(List.of(more));
        return ConfigReader.read(Stage.SFT, Optional.empty(), settings);
    }
}
