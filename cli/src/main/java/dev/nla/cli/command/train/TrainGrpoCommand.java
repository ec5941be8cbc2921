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

/** {@code nla train grpo}: policy optimization against random rows. */
@Command(
        name = "grpo",
        description = {
            "Contrastive GRPO: the verbalizer is rewarded for telling rows from random others.",
            "Descriptions are sampled, and earn more the nearer their reconstruction lies to its own "
                    + "activation and the farther from those of random rows."
        },
        footer = {
            "",
            "Example:",
            "  nla train grpo --config configs/smollm2-135m/grpo.yaml max_steps=20 --output runs/trial"
        })
public final class TrainGrpoCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @Override
    public void run() {
        GrpoConfig config = (GrpoConfig) options.config(Stage.GRPO);
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
