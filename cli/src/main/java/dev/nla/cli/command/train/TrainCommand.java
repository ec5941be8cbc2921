package dev.nla.cli.command.train;

import dev.nla.cli.terminal.CommandGroup;
import dev.nla.train.config.Stage;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code nla train}: the stages of training. */
@Command(
        name = "train",
        description = "Trains a verbalizer or a reconstructor, one stage a command.",
        footer = {"", "Example:", "  nla train sft --config configs/smollm2-135m/sft.yaml --dry-run"})
public final class TrainCommand extends CommandGroup {
    /** Holds a command for each stage. */
    public TrainCommand() {
        super(Stream.of(Stage.values()).map(TrainStageCommand::of).toList());
    }
}
