package dev.nla.cli.command.train;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.grpo.Grpo;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla train hardneg}: policy optimization against the nearest rows. */
@Command(
        name = "hardneg",
        description = {
            "Hard-negative GRPO: the verbalizer is rewarded for telling rows from their neighbours.",
            "As grpo, but against the nearest rows, so that words which fit the whole neighbourhood " + "earn nothing."
        },
        footer = {
            "",
            "Example:",
            "  nla train hardneg --config configs/smollm2-135m/hardneg.yaml max_steps=20 --output runs/trial"
        })
public final class TrainHardnegCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @Override
    public void run() {
        GrpoConfig config = (GrpoConfig) options.config(Stage.HARDNEG);
        TrainingSession session = new TrainingSession(spec.commandLine(), options);
        try (Grpo grpo = Grpo.open(config)) {
            session.run(config, grpo::plan, grpo::train);
        }
    }

    @Override
    public Optional<String> afterInterruption() {
        return options.afterInterruption();
    }
}
