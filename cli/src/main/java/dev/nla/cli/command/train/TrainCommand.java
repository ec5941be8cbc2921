package dev.nla.cli.command.train;

import dev.nla.cli.terminal.CommandGroup;
import dev.nla.train.config.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** {@code nla train}: the stages of training. */
@Command(
        name = "train",
        description = "Trains a verbalizer or a reconstructor, one stage a command.",
        modelTransformer = TrainCommand.Stages.class,
        footer = {"", "Example:", "  nla train sft --config configs/smollm2-135m/sft.yaml --dry-run"})
public final class TrainCommand extends CommandGroup {
    /** Gives the group a command for each stage. */
    static final class Stages implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec group) {
            for (Stage stage : Stage.values()) {
                group.addSubcommand(stage.text(), TrainStageCommand.spec(stage));
            }
            return group;
        }
    }
}
