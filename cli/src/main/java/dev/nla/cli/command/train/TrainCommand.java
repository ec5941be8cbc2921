package dev.nla.cli.command.train;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla train}: the stages of training. */
@Command(
        name = "train",
        description = "Trains a verbalizer or a reconstructor, one stage a command.",
        subcommands = {TrainSftCommand.class, TrainGrpoCommand.class, TrainHardnegCommand.class, TrainLmCommand.class},
        footer = {"", "Example:", "  nla train sft --config configs/smollm2-135m/sft.yaml --dry-run"})
public final class TrainCommand extends CommandGroup {}
