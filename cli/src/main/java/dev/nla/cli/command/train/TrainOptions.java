package dev.nla.cli.command.train;

import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.Hub;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.TrainingProgress;
import dev.nla.model.InputException;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The flags that every stage of training takes. */
public final class TrainOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "F.yaml", description = "Settings of the run.")
    private Optional<Path> config = Optional.empty();

    @Parameters(paramLabel = "key=value", description = "Settings over those of the file.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--output", paramLabel = "DIR", description = "Run folder to make, in place of output_dir.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--resume",
            completionCandidates = KnownWords.Resumes.class,
            paramLabel = "auto|DIR",
            description =
                    "Go on from the newest checkpoint of the run folder if there is one (auto), or from a run folder "
                            + "or a checkpoint-N in it.")
    private Optional<String> resume = Optional.empty();

    @Option(
            names = "--dry-run",
            description =
                    "Show the settings, the number of steps, the memory wanted and the first prompt; train nothing.")
    private boolean dryRun;

    @Mixin
    private ClusterOptions cluster;

    private volatile Optional<TrainingProgress> progress = Optional.empty();

    TrainConfig config(Stage stage) {
        if (config.isEmpty() && overrides.isEmpty()) {
            throw InputException.usage(
                    "--config is missing: give a file such as configs/smollm2-135m/%s.yaml", stage.text());
        }
        List<String> all = new ArrayList<>(overrides);
        output.ifPresent(folder -> all.add("output_dir=" + folder));
        Path run = ConfigReader.read(stage, config, all).run().outputDir();
        Hub hub = new Hub(System.getenv(), () -> spec.commandLine().getErr());
        Optional<Path> begun = resume.map(where -> TrainingRun.settingsIn(run));
        return ConfigReader.read(stage, config, all, new TrainedModels(stage, hub, begun));
    }

    /** The cluster that works on parts, where one is asked for. */
    Optional<ClusterSettings> cluster() {
        return cluster.cluster(config);
    }

    Resume resume() {
        return resume.map(where -> where.equals("auto") ? Resume.auto() : Resume.from(Path.of(where)))
                .orElseGet(Resume::no);
    }

    /** Remembers what shows the run, which knows how far it is. */
    TrainingProgress shownBy(TrainingProgress shown) {
        progress = Optional.of(shown);
        return shown;
    }

    /** What to do after the run was stopped. */
    Optional<String> afterInterruption() {
        boolean auto = resume.filter("auto"::equals).isPresent();
        return progress.flatMap(TrainingProgress::whereItGoesOn)
                .map(goesOn -> "the same command " + (auto ? "" : "with --resume auto ") + goesOn);
    }

    boolean dryRun() {
        return dryRun;
    }
}
