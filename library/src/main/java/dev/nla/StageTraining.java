package dev.nla;

import dev.nla.model.InputException;
import dev.nla.train.Training;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains one stage in the calling thread. Runs in several threads at a time are not meant: each takes all processors. */
public final class StageTraining {
    private StageTraining() {}

    /**
     * Settings of a stage: those given, by their names in YAML, over the defaults.
     *
     * @param given such as {@code learning_rate} and {@code 1e-4}; lists and maps as YAML
     * @throws InputException for a name that is not known, a wrong value or a missing one, with what was expected
     */
    public static TrainConfig settings(Stage stage, Map<String, String> given) {
        return settings(stage, Optional.empty(), given);
    }

    /**
     * The same over those of a file.
     *
     * @param yaml such as {@code configs/smollm2-135m/sft.yaml}
     */
    public static TrainConfig settings(Stage stage, Path yaml, Map<String, String> given) {
        return settings(stage, Optional.of(yaml), given);
    }

    private static TrainConfig settings(Stage stage, Optional<Path> yaml, Map<String, String> given) {
        List<String> overrides = given.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        return ConfigReader.read(stage, yaml, overrides);
    }

    /**
     * Trains, evaluates and saves as the settings say.
     *
     * @param resume whether to start or to go on with a run that was interrupted
     * @param listener hears how it goes, on the calling thread
     * @return the folder of the best adapter, or of the model that was trained
     * @throws InputException where files that settings name are not as they should be or do not belong together, or {@code output_dir} holds
     *     a run that is not to be resumed
     */
    public static Path train(TrainConfig config, Resume resume, TrainingListener listener) {
        try (Training training = Training.open(config)) {
            return training.train(resume, listener);
        }
    }
}
