package dev.nla.cli.command.config;

import dev.nla.cli.terminal.CommandGroup;
import picocli.CommandLine.Command;

/** {@code nla config}: looks at the settings of training runs. */
@Command(
        name = "config",
        description = "Shows or checks the settings of a training run, and says what they can be.",
        footer = {"", "Example:", "  nla config show configs/smollm2-135m/sft.yaml"})
public final class ConfigCommand extends CommandGroup {
    /** Holds the commands below {@code nla config}. */
    public ConfigCommand() {
        super(ConfigShowCommand.class, ConfigValidateCommand.class, ConfigSchemaCommand.class);
    }
}
