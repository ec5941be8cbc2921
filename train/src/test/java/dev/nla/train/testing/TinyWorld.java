package dev.nla.train.testing;

import dev.nla.data.testing.TinyDataset;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.testing.TinyModel;
import dev.nla.train.Training;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tiny model with the tiny dataset, and settings of runs on them that take milliseconds a step.
 *
 * @param home holds {@code model}, {@code data} and, where they were trained, the runs {@code verbalizer} and {@code reconstructor}
 * @param runs where new runs go, each in a folder of its name
 */
public record TinyWorld(Path home, Path runs) {
    /** Steps after which the shared verbalizer is at its best, which are all it was trained. */
    public static final int VERBALIZER_STEPS = 110;

    private static final List<String> EVERY_RUN = List.of(
            "compute_dtype=float32",
            "learning_rate=3e-3",
            "lr_scheduler_type=constant",
            "logging_steps=1",
            "eval_steps=0",
            "save_steps=0",
            "samples_per_eval=2");
    private static final List<String> EVERY_SFT = List.of(
            "lora_r=8",
            "lora_alpha=16",
            "chat_template=false",
            "injection_center=mean",
            "injection_norm=20",
            "max_description_tokens=24",
            "av_template=Say {injection_char}\n<explanation>",
            "ar_template=Of {explanation}:");

    /** Model and dataset in a folder of the test's own; {@link #grpo} has no adapters to start from there. */
    public static TinyWorld fresh(Path folder) {
        try {
            TinyModel.write(folder.resolve("model"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TinyDataset.write(folder.resolve("data"));
        return new TinyWorld(folder, folder);
    }

    /** Model, dataset and two adapters that all tests of this process share; runs go to a folder of the test's own. */
    public static TinyWorld trained(Path runs) {
        return new TinyWorld(Trained.HOME, runs);
    }

    /** The folder of the base model. */
    public Path model() {
        return home.resolve("model");
    }

    /** The folder of the dataset. */
    public Path data() {
        return home.resolve("data");
    }

    /** The folder of a run. */
    public RunFiles run(String name) {
        return new RunFiles(runs.resolve(name));
    }

    /** Settings of supervised fine-tuning of the verbalizer. */
    public SftConfig verbalizer(String name, String... more) {
        return (SftConfig) config(Stage.SFT, name, join(EVERY_SFT, List.of("role=verbalizer"), List.of(more)));
    }

    /** Settings of supervised fine-tuning of the reconstructor. */
    public SftConfig reconstructor(String name, String... more) {
        return (SftConfig) config(Stage.SFT, name, join(EVERY_SFT, List.of("role=reconstructor"), List.of(more)));
    }

    /** Settings of policy optimization from the trained adapters. */
    public GrpoConfig grpo(Stage stage, String name, String... more) {
        List<String> adapters = List.of(
                "verbalizer=" + home.resolve("verbalizer/adapter"),
                "reconstructor=" + home.resolve("reconstructor/adapter"),
                "num_generations=4",
                "max_completion_length=24");
        return (GrpoConfig) config(stage, name, join(adapters, List.of(more)));
    }

    private Object config(Stage stage, String name, List<String> settings) {
        List<String> places =
                List.of("model=" + model(), "data=" + data(), "output_dir=" + runs.resolve(name), "seed=0");
        return ConfigReader.read(stage, Optional.empty(), join(EVERY_RUN, places, settings));
    }

    @SafeVarargs
    private static List<String> join(List<String>... layers) {
        List<String> all = new ArrayList<>();
        for (List<String> layer : layers) {
            all.addAll(layer);
        }
        return all;
    }

    /** Settings and more of them, which stand over the former. */
    public static String[] settings(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    /** Trains to the end, from the newest checkpoint where there is one, and returns the folder of the best adapter. */
    public static Path train(TrainConfig config) {
        return train(config, TrainingListener.silent());
    }

    /** Trains to the end as {@link #train(TrainConfig)} does, and is heard. */
    public static Path train(TrainConfig config, TrainingListener listener) {
        try (Training training = Training.open(config)) {
            return training.train(Resume.auto(), listener);
        }
    }

    /** Trained when the first test asks. */
    private static final class Trained {
        static final Path HOME = make();

        private static Path make() {
            Path folder = Path.of("target", "tiny-world").toAbsolutePath();
            AtomicFiles.deleteTree(folder);
            TinyWorld world = fresh(folder);
            train(world.verbalizer("verbalizer", "max_steps=" + VERBALIZER_STEPS, "logging_steps=10", "eval_steps=55"));
            train(world.reconstructor(
                    "reconstructor",
                    "max_steps=60",
                    "logging_steps=10",
                    "eval_steps=30",
                    "info_nce_weight=0.2",
                    "centered_cosine_weight=1"));
            return folder;
        }
    }
}
