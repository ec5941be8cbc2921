package dev.nla.cli.command.train;

import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.terminal.Fields;
import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.cli.terminal.TrainingProgress;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.Training;
import dev.nla.train.config.ConfigWriter;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.session.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Runs one stage with its progress shown, or only says what it would do. */
final class TrainingSession {
    private final CommandLine command;
    private final TrainOptions options;

    TrainingSession(CommandLine command, TrainOptions options) {
        this.command = command;
        this.options = options;
    }

    void run(Stage stage) {
        TrainConfig config = options.config(stage);
        try (Training training = Training.open(config, workers(stage))) {
            if (options.dryRun()) {
                TrainingPlan plan = training.plan();
                show(config, plan);
                WarningLines.print(command, plan.warnings());
            } else {
                command.getOut().println(train(stage, training));
            }
        }
    }

    /** A language model learns with all of its weights, which are too many to be sent for each step; and a plan is no work. */
    private WorkersSource workers(Stage stage) {
        Optional<ClusterSettings> cluster = options.cluster();
        if (stage == Stage.LM && cluster.isPresent()) {
            WarningLines.print(command, List.of("nla train lm works on this machine alone: the cluster is left out"));
        }
        return stage == Stage.LM || options.dryRun() ? WorkersSource.here() : ClusterOptions.source(cluster);
    }

    private Path train(Stage stage, Training training) {
        try (ProgressDisplay display = new ProgressDisplay(command.getErr(), stage.text())) {
            Path result = training.train(options.resume(), options.shownBy(new TrainingProgress(display)));
            display.finish();
            return result;
        }
    }

    private void show(TrainConfig config, TrainingPlan plan) {
        PrintWriter out = command.getOut();
        out.print(ConfigWriter.yaml(config));
        out.println();
        Fields fields = new Fields(out);
        fields.line("rows", plan.trainRows() + " to train on, " + plan.heldOutRows() + " held out");
        fields.line("steps", plan.totalSteps());
        fields.line("parameters", plan.trainableParameters() + " to train");
        fields.line("memory", "about %d MiB".formatted(plan.memoryBytes() >> 20));
        fields.line(
                "prompt",
                "%d tokens%s"
                        .formatted(
                                plan.promptTokens(),
                                plan.markerPosition() < 0 ? "" : ", the marker is token " + plan.markerPosition()));
        out.println();
        out.println(plan.prompt());
    }
}
