package dev.nla.cli.command;

import picocli.CommandLine.Command;

/** {@code nla adapter}: looks at adapters. */
@Command(
        name = "adapter",
        description = "Looks at verbalizer and reconstructor adapters.",
        subcommands = {AdapterInspectCommand.class},
        footer = {"", "Example:", "  nla adapter inspect runs/smollm2-135m/sft/adapter"})
final class AdapterCommand extends CommandGroup {}
