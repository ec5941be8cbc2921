package dev.nla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.testing.TinyDataset;
import dev.nla.model.InputException;
import dev.nla.model.testing.TinyModel;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects a stage's training from a program: settings by their names, a run that is heard, an adapter that the library opens, refusals. */
class StageTrainingTest {
    @Test
    void aStageIsTrainedFromItsSettings(@TempDir Path folder) throws Exception {
        TinyModel.write(folder.resolve("model"), "llama");
        TinyDataset.write(folder.resolve("data"));
        Path yaml = Files.writeString(folder.resolve("sft.yaml"), "role: reconstructor\nlora_r: 2\nmax_steps: 9\n");
        Map<String, String> given = new HashMap<>(Map.of("max_steps", "2", "eval_steps", "2", "max_eval_rows", "24"));
        given.put("model", folder.resolve("model").toString());
        given.put("data", folder.resolve("data").toString());
        given.put("output_dir", folder.resolve("run").toString());

        TrainConfig config = StageTraining.settings(Stage.SFT, yaml, given);
        List<Integer> steps = new ArrayList<>();
        Path adapter = StageTraining.train(config, Resume.no(), new TrainingListener() {
            @Override
            public void onStep(StepReport report, int totalSteps) {
                steps.add(report.step());
            }
        });

        assertThat(config).isInstanceOf(SftConfig.class);
        assertThat(steps).containsExactly(1, 2);
        try (LanguageModel model = LanguageModel.open(folder.resolve("model"))) {
            assertThat(model.reconstructor(adapter).reconstruct("red fox")).hasSize(model.width());
        }
    }

    @Test
    void aWrongSettingIsNamedWithWhatWasExpected() {
        refused(Map.of("learning_rat", "1"), "learning_rat");
        refused(
                Map.of("role", "verbalizer", "model", "m", "data", "d", "output_dir", "o", "learning_rate", "fast"),
                "learning_rate",
                "fast");
        refused(Map.of("learning_rate", "1e-4"), "role is missing");
    }

    private static void refused(Map<String, String> given, String... parts) {
        assertThatThrownBy(() -> StageTraining.settings(Stage.SFT, given))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
    }
}
