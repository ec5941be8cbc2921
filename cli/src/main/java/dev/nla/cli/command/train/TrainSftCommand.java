package dev.nla.cli.command.train;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.sft.Sft;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla train sft}: supervised fine-tuning on pairs of an activation and a description. */
@Command(
        name = "sft",
        description = {
            "Supervised fine-tuning on pairs of an activation and a description.",
            "The setting role says which adapter is trained, the verbalizer or the reconstructor."
        },
        footer = {
            "",
            "Example:",
            "  nla train sft --config configs/smollm2-135m/sft.yaml learning_rate=1e-4 --output runs/lower"
        })
public final class TrainSftCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @Override
    public void run() {
        SftConfig config = (SftConfig) options.config(Stage.SFT);
        TrainingSession session = new TrainingSession(spec.commandLine(), options);
        try (Sft sft = Sft.open(config)) {
            session.run(config, sft::plan, sft::train);
        }
    }

    @Override
    public Optional<String> afterInterruption() {
        return options.afterInterruption();
    }
}
