package dev.nla.train.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.testing.TinyModel;
import dev.nla.train.Training;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.run.Resume;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects training of a language model: it learns, goes on exactly after a stop, and leaves a folder that loads. */
class LanguageModelTrainingTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeInputs() throws IOException {
        TinyModel.write(folder.resolve("start"));
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String what = List.of("red", "blue", "green", "black").get(i % 4);
            rows.append("{\"id\": \"%d\", \"text\": \"It was %s.\", \"description\": \"%s\", \"split\": \"%s\"}%n"
                    .formatted(i, what, what, i < 32 ? "train" : "validation"));
        }
        Files.writeString(folder.resolve("conversations.jsonl"), rows);
    }

    @Test
    void learnsAndLeavesAModelThatLoads() {
        Path model = train("whole", TrainingListener.silent());
        double[] loss = new RunFiles(folder.resolve("whole")).metric("loss");
        assertThat(loss[loss.length - 1]).isLessThan(0.8 * loss[0]);
        assertThat(model).isEqualTo(folder.resolve("whole/model"));
        try (Decoder decoder = Decoder.load(model, ComputeType.FLOAT32)) {
            assertThat(decoder.config().hiddenSize()).isEqualTo(TinyModel.WIDTH);
        }
        assertThat(model.resolve("tokenizer.json")).exists();
    }

    @Test
    void aStoppedRunGoesOnToTheSameNumbers() throws IOException {
        train("whole", TrainingListener.silent());
        assertThatThrownBy(() -> train("stopped", new StopAfter(5))).hasMessage("stop");
        train("stopped", TrainingListener.silent());
        assertThat(folder.resolve("stopped/metrics.jsonl"))
                .hasSameTextualContentAs(folder.resolve("whole/metrics.jsonl"));
        assertThat(folder.resolve("stopped/model/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/model/model.safetensors"));
    }

    @Test
    void rowsWithoutSplitOrAnswerAreRefused() throws IOException {
        Path file = folder.resolve("conversations.jsonl");
        Files.writeString(file, "{\"id\": \"a\", \"text\": \"x\", \"description\": \"y\"}\n");
        assertThatThrownBy(() -> open("bad").close()).hasMessageContaining("row a has split");
        Files.writeString(file, "{\"id\": \"a\", \"text\": \"x\", \"split\": \"train\"}\n");
        assertThatThrownBy(() -> open("bad").close()).hasMessageContaining("row a has no description");
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    private Path train(String name, TrainingListener listener) {
        try (Training training = open(name)) {
            return training.train(Resume.auto(), listener);
        }
    }

    private Training open(String name) {
        List<String> settings = new ArrayList<>(List.of(
                "model=" + folder.resolve("start"),
                "data=" + folder.resolve("conversations.jsonl"),
                "output_dir=" + folder.resolve(name),
                "compute_dtype=float32",
                "max_steps=8",
                "per_device_train_batch_size=8",
                "learning_rate=1e-2",
                "logging_steps=1",
                "eval_steps=4",
                "save_steps=2",
                "samples_per_eval=1"));
        return Training.open(ConfigReader.read(Stage.LM, Optional.empty(), settings));
    }

    private record StopAfter(int step) implements TrainingListener {
        @Override
        public void onStep(StepReport report, int totalSteps) {
            if (report.step() == step) {
                throw new IllegalStateException("stop");
            }
        }
    }
}
