package dev.nla.cli.command.model;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla model}: looks at base models. */
@Command(
        name = "model",
        description = "Checks a base model.",
        footer = {"", "Example:", "  nla model check --model models/mine --golden golden/golden.safetensors"})
public final class ModelCommand extends CommandGroup {
    /** Holds the commands below {@code nla model}. */
    public ModelCommand() {
        super(ModelCheckCommand.class);
    }
}
