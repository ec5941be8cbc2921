package dev.nla.cli.quickstart;

import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.cli.terminal.TrainingProgress;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.extract.Extraction;
import dev.nla.data.extract.ExtractionSettings;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.data.world.SceneFile;
import dev.nla.data.world.SceneTeacher;
import dev.nla.eval.report.ReportPage;
import dev.nla.eval.report.StagesReport;
import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.OutputLock;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.Training;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything from texts to a report, on the scenes and the model that ship with the project. Each part that is done stays done: started
 * again after an interruption, it goes on where it was.
 */
public final class Quickstart {
    private static final String RECONSTRUCTOR = "reconstructor";
    private static final List<String> VERBALIZERS = List.of("sft", "grpo", "hardneg");
    private static final List<String> PARTS = List.of("extract", RECONSTRUCTOR, "sft", "grpo", "hardneg", "evaluate");

    /** Scenes of a quickstart, unless told otherwise. */
    public static final int ROWS = 16_000;

    private static final int FEWEST_ROWS = 600;

    /** Few scenes choose between checkpoints; many measure, so that intervals are narrow. */
    private static final SplitRatios SHARES = SplitRatios.parse("70/4/26");

    private static final int LAYER = 4;
    private static final int MAX_LENGTH = 256;
    private static final int BATCH_TOKENS = 4096;

    private final Path model;
    private final Path configs;
    private final QuickstartFolder folder;
    private final SceneFile scenes;
    private final PrintWriter err;

    /**
     * Prepares a quickstart.
     *
     * @param home the checkout, which holds {@code models/scenes} and {@code configs/quickstart}
     * @param output the folder everything goes to
     * @param rows scenes to make; stages train in proportion
     * @param seed of scenes and training
     * @param err where progress is shown
     * @throws InputException (usage) when the scenes are too few
     */
    public Quickstart(Path home, Path output, int rows, long seed, PrintWriter err) {
        if (rows < FEWEST_ROWS) {
            throw InputException.usage(
                    "--rows %d is too few to learn and measure anything: give %d or more", rows, FEWEST_ROWS);
        }
        this.model = home.resolve("models/scenes");
        this.configs = home.resolve("configs/quickstart");
        this.folder = new QuickstartFolder(output);
        this.scenes = new SceneFile(rows, seed, Optional.of(SHARES));
        this.err = err;
    }

    /**
     * Runs what is not done yet and writes {@code report.html}.
     *
     * @return what the report shows
     * @throws InputException when the shipped model is missing, or the folder holds something else
     */
    public StagesReport run() {
        if (!Files.exists(model.resolve("model.safetensors"))) {
            throw InputException.data("%s is missing: run nla from its checkout", model);
        }
        return OutputLock.during(folder.root(), this::runLocked);
    }

    private StagesReport runLocked() {
        folder.claim(scenes.rows(), scenes.seed());
        tell();
        extract();
        train(RECONSTRUCTOR, List.of());
        for (int i = 0; i < VERBALIZERS.size(); i++) {
            train(VERBALIZERS.get(i), i == 0 ? List.of() : startingFrom(VERBALIZERS.get(i - 1)));
        }
        StagesReport report = new QuickstartEvaluation(model, folder, scenes.seed(), err, title("evaluate"))
                .of(RECONSTRUCTOR, VERBALIZERS);
        ReportPage.write(folder.report(), report);
        return report;
    }

    /** Where the report lies. */
    public Path report() {
        return folder.report();
    }

    /** The name of a part with its place among all. */
    private static String title(String part) {
        return "%d/%d %s".formatted(PARTS.indexOf(part) + 1, PARTS.size(), part);
    }

    private void tell() {
        if (!Files.exists(folder.texts())) {
            scenes.writeDescribed(folder.texts(), SceneTeacher.IMPERFECT);
        }
    }

    private void extract() {
        if (ActivationDataset.isAt(folder.dataset())) {
            return;
        }
        ExtractionSettings settings = new ExtractionSettings(
                LAYER,
                Position.parse("last"),
                MAX_LENGTH,
                true,
                BATCH_TOKENS,
                scenes.seed(),
                new DocumentSplit(scenes.seed(), SHARES));
        try (Tokenizer tokenizer = Tokenizer.open(model);
                Decoder decoder = Decoder.load(model, ComputeType.FLOAT32);
                ProgressDisplay display = new ProgressDisplay(err, title("extract"))) {
            new Extraction(
                            new DecoderSource(decoder, model),
                            new TokenizerPrompts(tokenizer, PromptStyle.parse("chat")),
                            settings,
                            Clock.systemUTC())
                    .run(
                            folder.texts(),
                            folder.dataset(),
                            at -> display.show(at.done(), at.total(), at.perSecond(), at.left(), ""));
        }
    }

    private List<String> startingFrom(String earlier) {
        return List.of("verbalizer=" + folder.adapter(earlier), "reconstructor=" + folder.adapter(RECONSTRUCTOR));
    }

    private void train(String stage, List<String> adapters) {
        if (Files.isDirectory(folder.adapter(stage))) {
            return;
        }
        List<String> overrides = new ArrayList<>(adapters);
        overrides.add("model=" + model);
        overrides.add("data=" + folder.dataset());
        overrides.add("output_dir=" + folder.run(stage));
        overrides.add("seed=" + scenes.seed());
        Path yaml = configs.resolve(stage + ".yaml");
        TrainConfig config = ConfigReader.read(ConfigReader.stageOf(yaml), Optional.of(yaml), overrides);
        try (Training training = Training.open(config);
                ProgressDisplay display = new ProgressDisplay(err, title(stage))) {
            training.train(Resume.auto(), new TrainingProgress(display));
        }
    }
}
