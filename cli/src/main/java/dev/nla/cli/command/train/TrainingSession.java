package dev.nla.cli.command.train;

import dev.nla.cli.terminal.Fields;
import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.cli.terminal.TrainingProgress;
import dev.nla.cli.terminal.Warnings;
import dev.nla.train.config.ConfigWriter;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.session.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Runs one stage with its progress shown, or only says what it would do. */
public final class TrainingSession {
    private final PrintWriter out;
    private final PrintWriter err;
    private final CommandLine command;
    private final TrainOptions options;

    TrainingSession(CommandLine command, TrainOptions options) {
        this.command = command;
        this.out = command.getOut();
        this.err = command.getErr();
        this.options = options;
    }

    void run(TrainConfig config, Supplier<TrainingPlan> plan, BiFunction<Resume, TrainingListener, Path> train) {
        if (options.dryRun()) {
            TrainingPlan planned = plan.get();
            show(config, planned);
            Warnings.print(command, planned.warnings());
            return;
        }
        try (ProgressDisplay display = new ProgressDisplay(err, config.stage().text())) {
            Path adapter = train.apply(options.resume(), options.shownBy(new TrainingProgress(display)));
            display.finish();
            out.println(adapter);
        }
    }

    private void show(TrainConfig config, TrainingPlan plan) {
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
