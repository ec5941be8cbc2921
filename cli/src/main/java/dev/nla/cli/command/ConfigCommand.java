package dev.nla.cli.command;

import picocli.CommandLine.Command;

/** {@code nla config}: looks at the settings of training runs. */
@Command(
        name = "config",
        description = "Shows or checks the settings of a training run.",
        subcommands = {ConfigShowCommand.class, ConfigValidateCommand.class},
        footer = {"", "Example:", "  nla config show configs/smollm2-135m/sft.yaml"})
final class ConfigCommand extends CommandGroup {}
